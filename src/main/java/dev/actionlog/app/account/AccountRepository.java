package dev.actionlog.app.account;

import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Repository of the accounts, by their user name in lower case.
 */
public interface AccountRepository extends Repository<Account, String> {

	/**
	 * The account of a user, to read.
	 * @param username the user's name
	 * @return the account, or empty where there is none
	 */
	Optional<Account> findById(String username);

	/**
	 * The account of a user, to change it: changes wait for each other.
	 * @param username the user's name
	 * @return the account, or empty where there is none
	 */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select a from Account a where a.username = :username")
	Optional<Account> findForUpdate(String username);

	/**
	 * The account of a signed-in user, to change it or anything else of the user: changes
	 * wait for each other, and the deletion of the account for all of them.
	 * @param account the account as the request began with it
	 * @return the account
	 * @throws ConcurrencyFailureException if the user's session was ended since the
	 * request began. A deleted account can also have a new owner by then.
	 */
	default Account getForUpdate(Account account) {
		return findForUpdate(account.getUsername()).filter((found) -> found.isOpenFor(account.getSessionKey()))
			.orElseThrow(() -> new ConcurrencyFailureException("The session has been ended"));
	}

}
