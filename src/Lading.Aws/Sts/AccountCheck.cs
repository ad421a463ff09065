namespace Lading.Aws.Sts;

/// <summary>Holds that the account that answers is the environment's: nothing goes to the wrong place.</summary>
internal static class AccountCheck
{
    /// <exception cref="LadingException">Another account answers, or none.</exception>
    public static async Task RequireAsync(AwsClient client, CancellationToken cancellationToken)
    {
        var settings = client.Settings;
        var account = await client.SendAsync(new GetCallerIdentity(), cancellationToken).ConfigureAwait(false);
        if (account != settings.Account)
        {
            var used = settings.Profile is { } profile ? $"profile {profile}" : "the default credentials";
            throw LadingException.Usage(
                $"Could not work on environment {settings.Environment}",
                $"{used} belong{(settings.Profile is null ? "" : "s")} to account {account}, the environment to {settings.Account}",
                settings.Profile is null
                    ? $"Name the \"profile\" of {settings.Account} for environment {settings.Environment} in lading.json, or set AWS_PROFILE."
                    : $"Correct \"profile\" or \"account\" of environment {settings.Environment} in lading.json."
            );
        }
    }
}
