-- user_entities and user_credentials are what Spring Security's JDBC repositories of passkeys ask for. A user has one entity, whose
-- random id is what a passkey knows the user by. Ids are Base64 of at most 64 and 1,023 bytes.
create table user_entities (
	id varchar(86) primary key,
	name varchar(32) not null unique references account (username) on delete cascade,
	display_name varchar(32) not null
);

create table user_credentials (
	credential_id varchar(1364) primary key,
	user_entity_user_id varchar(86) not null references user_entities (id) on delete cascade,
	public_key bytea not null,
	signature_count bigint not null,
	uv_initialized boolean not null,
	backup_eligible boolean not null,
	authenticator_transports varchar(1000) not null,
	public_key_credential_type varchar(100) not null,
	backup_state boolean not null,
	attestation_object bytea,
	attestation_client_data_json bytea,
	created timestamp(6) with time zone not null,
	last_used timestamp(6) with time zone not null,
	label varchar(64) not null
);

create index user_credentials_user on user_credentials (user_entity_user_id);

-- The challenges of sign-ins that have begun, each valid once.
create table passkey_challenge (
	challenge varchar(64) primary key,
	expires_at timestamp(6) with time zone not null
);

create index passkey_challenge_expires on passkey_challenge (expires_at);
