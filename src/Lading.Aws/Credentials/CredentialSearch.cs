using Amazon.Runtime;

namespace Lading.Aws.Credentials;

/// <summary>Looks for credentials where all of AWS's tools look for them, in the same order.</summary>
internal static class CredentialSearch
{
    /// <summary>As long as a machine without the service of instance roles may keep us waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The environment's profile where it names one that is there; else variables, web identity, <c>AWS_PROFILE</c> or the
    /// default profile, and the role of the container or machine.
    /// </summary>
    /// <remarks>
    /// A profile that is not there is one of people's machines. Where a job of a CI runs it has credentials of its own, and which
    /// account they are of is asked before anything is done with them. Other profiles are never taken for the one that is named.
    /// </remarks>
    /// <exception cref="LadingException">There are none, or not where they were named.</exception>
    public static async Task<AwsLogin> RunAsync(AwsSettings settings)
    {
        if (settings.Profile is { } named)
        {
            return ProfileSearch.Find(named, settings)
                ?? FindGiven(settings)
                ?? await FindOfPlaceAsync(settings).ConfigureAwait(false)
                ?? throw ProfileSearch.Unknown(named, isNamedHere: true, settings);
        }

        if (FindGiven(settings) is { } given)
        {
            return given;
        }

        if (settings.Variable("AWS_PROFILE") is { } chosen)
        {
            return ProfileSearch.Find(chosen, settings)
                ?? throw ProfileSearch.Unknown(chosen, isNamedHere: false, settings);
        }

        return ProfileSearch.Find("default", settings)
            ?? await FindOfPlaceAsync(settings).ConfigureAwait(false)
            ?? throw CredentialFailure.None(settings);
    }

    /// <summary>What variables of the process give.</summary>
    private static AwsLogin? FindGiven(AwsSettings settings)
    {
        var variable = settings.Variable;
        if (variable("AWS_ACCESS_KEY_ID") is { } id && variable("AWS_SECRET_ACCESS_KEY") is { } secret)
        {
            AWSCredentials keys = variable("AWS_SESSION_TOKEN") is { } token
                ? new SessionAWSCredentials(id, secret, token)
                : new BasicAWSCredentials(id, secret);
            return new AwsLogin(LoginKind.Variables, "AWS_ACCESS_KEY_ID", keys);
        }

        if (variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && variable("AWS_ROLE_ARN") is { } role)
        {
            return new AwsLogin(
                LoginKind.WebIdentity,
                $"web identity with role {role}",
                new RegionalWebIdentity(settings, file, role, variable("AWS_ROLE_SESSION_NAME"))
            );
        }

        return null;
    }

    private static async Task<AwsLogin?> FindOfPlaceAsync(AwsSettings settings)
    {
        if (
            settings.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null
            || settings.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null
        )
        {
            return new AwsLogin(LoginKind.Place, "the role of this container", new GenericContainerCredentials());
        }

        if (string.Equals(settings.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var credentials = await Task.Run(() => new InstanceProfileAWSCredentials())
                .WaitAsync(Patience)
                .ConfigureAwait(false);
            return new AwsLogin(LoginKind.Place, "the role of this machine", credentials);
        }
        catch (Exception e) when (CredentialFailure.IsOne(e) || e is TimeoutException)
        {
            return null;
        }
    }
}
