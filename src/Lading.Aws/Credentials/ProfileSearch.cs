using Lading.Aws.Profiles;
using Lading.Configuration.Json;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>Finds profiles in the AWS configuration.</summary>
internal static class ProfileSearch
{
    /// <summary>The credentials of a profile; null if it does not exist or has no credentials.</summary>
    /// <exception cref="LadingException">The profile exists, and cannot be used.</exception>
    public static AwsLogin? Find(string name, AwsSettings settings, HttpConnections http)
    {
        if (settings.Shared.Find(name) is not { } profile)
        {
            return null;
        }

        var credentials = new ProfileCredentials(settings.Shared, settings, http);
        try
        {
            return credentials.Find(profile) is { } found
                ? new AwsLogin(credentials.Kind, $"profile {name}", found)
                {
                    Profile = name,
                    LoginProfile = credentials.LoginProfile,
                }
                : null;
        }
        catch (InvalidOperationException e)
        {
            throw CredentialFailure.Unusable(
                settings,
                $"profile {name} cannot be used: {e.Message.TrimEnd('.')}",
                $"Correct the profile in the AWS configuration; 'aws sts get-caller-identity --profile {ShellArgument.Of(name)}' shows whether it works.",
                e
            );
        }
    }

    /// <summary>Whether a profile exists, usable or not.</summary>
    /// <exception cref="LadingException">The AWS configuration cannot be read.</exception>
    public static bool Has(string name, AwsSettings settings) => settings.Shared.Find(name) is not null;

    /// <summary>
    /// Ensures that the profile named on the command line exists: keys in variables must not replace it.
    /// </summary>
    /// <param name="name">The profile.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <exception cref="LadingException">The AWS configuration does not have the profile, or cannot be read.</exception>
    public static void Ensure(string name, Func<string, string?> variable)
    {
        var settings = new AwsSettings
        {
            Environment = name,
            Account = "",
            Region = "",
            Profile = name,
            Variable = variable,
            NamesChecks = false,
        };
        if (!Has(name, settings))
        {
            throw LadingException.Usage(
                "Could not choose an account",
                $"--profile names {name}, and the AWS configuration has no profile of that name",
                Unknown(name, isNamedHere: true, settings).Remedy
            );
        }
    }

    /// <summary>A failure with the names of existing profiles.</summary>
    public static LadingException Unknown(string name, bool isNamedHere, AwsSettings settings)
    {
        var known = settings.Shared.Profiles.Select(profile => profile.Name).ToList();
        var remedy =
            known.Count == 0
                ? $"It has no profiles at all: 'aws configure sso --profile {ShellArgument.Of(name)}' makes one; in CI, give the job the credentials of a role."
                : Suggestions.Choose(name, known);
        return CredentialFailure.UnknownProfile(name, isNamedHere, remedy, settings);
    }

    /// <summary>A profile that, by its own settings, belongs to an account; null if none does.</summary>
    public static string? FindForAccount(string account, AwsSettings settings) =>
        settings
            .Shared.Profiles.FirstOrDefault(profile =>
                profile.Find("sso_account_id") == account
                || profile.Find("aws_account_id") == account
                || profile.Find("role_arn")?.Contains($"::{account}:", StringComparison.Ordinal) == true
            )
            ?.Name;
}
