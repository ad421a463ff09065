namespace Lading.Aws;

/// <summary>Asks an account and region what somebody wants to know of it, and says what kept it from answering.</summary>
/// <param name="session">The account and region.</param>
/// <param name="account">What people call the account: its 12 digits.</param>
internal sealed class AwsQuestions(AwsSession session, Func<string> account)
{
    public string Region => session.Settings.Region;

    /// <summary>Asks something. An answer that the operation expects is thrown as <see cref="AwsException"/>.</summary>
    /// <exception cref="LadingException">The account cannot be used, or the credentials may not ask this.</exception>
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
                "docs/iam.md has the policy for doctor",
                innerException: e.InnerException
            );
        }
    }

    /// <summary>The same; null if the answer is one that the operation expects: there is no such thing.</summary>
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
        Func<string?, IAwsOperation<AwsPage<T>>> ask,
        CancellationToken cancellationToken
    ) =>
        await AwsPages
            .ListAsync<T>(async next => await AskAsync(ask(next), cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
}
