using Lading.Aws.Credentials;
using Lading.Aws.Sts;

namespace Lading.Aws;

/// <summary>
/// Holds that the credentials are of an account that the environment means, so that nothing is read from, or written to, some
/// other one. STS is asked once, however often this is.
/// </summary>
/// <param name="client">Calls AWS.</param>
/// <param name="registryId">The account whose ECR holds the images, which may call for itself too.</param>
internal sealed class AccountCheck(AwsClient client, string registryId)
{
    private readonly Lock gate = new();
    private Task<CallerIdentity>? answer;

    /// <summary>Asks ahead, on another thread. Where that fails, whoever waits asks again.</summary>
    public void Begin() =>
        _ = Task.Run(AskAsync)
            .ContinueWith(
                asking => asking.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );

    /// <summary>Waits until the account is known to be the right one.</summary>
    /// <exception cref="LadingException">It is another one, or could not be asked for.</exception>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        var caller = await AskAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var settings = client.Settings;
        var account = settings.Account;
        if (caller.Account == account || caller.Account == registryId)
        {
            return;
        }

        var login = await client.GetLoginAsync(cancellationToken).ConfigureAwait(false);
        var fitting = ProfileSearch.FindForAccount(account, settings);
        var hint = fitting is null || fitting == login.Profile ? "" : $" Profile {fitting} reaches account {account}.";
        throw new LadingException(
            $"Could not use environment {settings.Environment}",
            $"it is account {account}, and {login.Source} is of account {caller.Account} ({caller.Arn})",
            $"Use credentials of account {account}: {settings.Choice}{hint}",
            FailureKind.Usage
        );
    }

    private Task<CallerIdentity> AskAsync()
    {
        lock (gate)
        {
            // Not cancelled with the one who asked first: others wait for the same answer. One that failed is asked again.
            if (answer is null or { IsFaulted: true } or { IsCanceled: true })
            {
                answer = client.SendAsync(new GetCallerIdentity(), CancellationToken.None);
            }

            return answer;
        }
    }
}
