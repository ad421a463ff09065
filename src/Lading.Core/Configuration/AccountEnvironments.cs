namespace Lading.Configuration;

/// <summary>Selects the environments that a command queries in AWS.</summary>
internal static class AccountEnvironments
{
    /// <summary>The named environments, otherwise all that have an account.</summary>
    /// <param name="configuration">All environments.</param>
    /// <param name="names">Comma-separated names; null if none is named.</param>
    /// <param name="verb">The command, for messages.</param>
    /// <exception cref="LadingException">A named one does not exist or has no account, or none has one.</exception>
    public static IReadOnlyList<EnvironmentDefinition> Of(LadingConfiguration configuration, string? names, string verb)
    {
        var named = configuration.FindNamed(names);
        if (named?.FirstOrDefault(environment => environment.Account is null) is { } local)
        {
            throw LadingException.Usage(
                $"Could not look into environment {local.Name}",
                "it has no AWS account, so nothing runs there",
                "Name one that has an \"account\" in lading.json."
            );
        }

        var chosen =
            named ?? [.. configuration.Environments.Values.Where(environment => environment.Account is not null)];
        return chosen.Count > 0
            ? chosen
            : throw LadingException.Usage(
                "Could not choose an environment",
                "no environment of lading.json has an AWS account",
                $"Give one an \"account\" and a \"region\", or name them here: lading {verb} --account 111111111111 --region eu-central-1"
            );
    }
}
