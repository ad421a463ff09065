using Lading.Running.Evidence;

namespace Lading.Leases;

/// <summary>Stores the leases of the stacks of one account and region.</summary>
internal interface ILeaseStore : IDisposable
{
    /// <summary>How a command line selects the account and region, for the commands in messages.</summary>
    string Selector { get; }

    /// <summary>The caller's identity: the user, or the role and the name of its session.</summary>
    /// <exception cref="LadingException">It could not be read.</exception>
    Task<string> WhoAsync(CancellationToken cancellationToken);

    /// <summary>Writes the lease of a stack without one, and returns its version; null if there is one.</summary>
    /// <exception cref="LadingException">It could not be written.</exception>
    Task<long?> CreateAsync(string stack, string text, CancellationToken cancellationToken);

    /// <summary>Overwrites the lease of a stack, and returns its version.</summary>
    /// <exception cref="LadingException">It could not be written.</exception>
    Task<long> ReplaceAsync(string stack, string text, CancellationToken cancellationToken);

    /// <summary>The lease of a stack; null if there is none.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="version">Its version; null for the newest.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">It could not be read.</exception>
    Task<StoredLease?> FindAsync(string stack, long? version, CancellationToken cancellationToken);

    /// <summary>Deletes the lease of a stack, if there is one.</summary>
    /// <exception cref="LadingException">It could not be deleted.</exception>
    Task DeleteAsync(string stack, CancellationToken cancellationToken);

    /// <summary>Deletes a lease, unless somebody has taken it over.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="id">The lease's id.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Whether it still existed.</returns>
    /// <exception cref="LadingException">It could not be read or deleted.</exception>
    async Task<bool> DeleteAsync(string stack, string id, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(stack, null, cancellationToken).ConfigureAwait(false);
        if (stored is null || Lease.Find(stored.Text)?.Id != id)
        {
            return false;
        }

        await DeleteAsync(stack, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Who started the current operation of a stack in CloudFormation; null if that is not known yet, or may not be read.</summary>
    Task<string?> FindStarterAsync(StackEvidence stack, CancellationToken cancellationToken);
}
