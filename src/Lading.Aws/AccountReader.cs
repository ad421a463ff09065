namespace Lading.Aws;

/// <summary>Sends requests to an account and region, and explains why one failed.</summary>
/// <param name="session">The account and region.</param>
/// <param name="account">Returns the account for messages: 12 digits.</param>
internal sealed class AccountReader(AwsSession session, Func<string> account)
{
    public string Region => session.Settings.Region;

    /// <summary>Sends an operation. An expected error is thrown as <see cref="AwsException"/>.</summary>
    /// <exception cref="LadingException">The account cannot be used, or the credentials lack a permission.</exception>
    public async Task<T> AskAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await session.ReadAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException e) when (AwsException.IsDenial(e))
        {
            throw new LadingException(
                operation.Attempted,
                $"no access to {operation.Service.Name}:{operation.Name} in {account()}",
                "docs/iam.md has the policy of each verb",
                innerException: e.InnerException
            );
        }
    }

    /// <summary>Sends an operation; null for an expected error, which means that the object does not exist.</summary>
    public async Task<T?> FindAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await AskAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    /// <summary>All pages of a listing.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(
        Func<string?, IAwsOperation<AwsPage<T>>> operationFor,
        CancellationToken cancellationToken
    ) =>
        await AwsPages
            .ListAsync<T>(async next => await AskAsync(operationFor(next), cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
}
