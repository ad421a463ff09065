using System.Security.Authentication;
using Amazon.Runtime;
using Lading.Http;

namespace Lading.Aws.Credentials;

/// <summary>Failures to get credentials, with their remedies.</summary>
internal static class CredentialFailure
{
    /// <summary>Whether the SDK throws this exception if credentials are missing or wrong.</summary>
    public static bool IsOne(Exception e) =>
        e
            is AmazonClientException
                or AmazonServiceException
                or ProcessAWSCredentialException
                or InvalidOperationException
                or ArgumentException
                or IOException
                or HttpRequestException
                or NotSupportedException;

    public static LadingException Of(Exception e, AwsLogin login, AwsSettings settings)
    {
        var attempted = Attempted(settings);
        var said = Describe(e);
        var service = Find<AmazonServiceException>(e);
        if (Find<LadingException>(e) is { } known)
        {
            return known;
        }

        if (Find<ProxyFailureException>(e) is { } proxy)
        {
            return new LadingException(attempted, $"{login.Source}: {said}", proxy.Remedy, innerException: e);
        }

        if (
            login.Kind is LoginKind.SingleSignOn or LoginKind.Role or LoginKind.WebIdentity
            && Find<HttpRequestException>(e) is { } connection
        )
        {
            return new LadingException(
                attempted,
                $"{login.Source}: {ConnectionWords.Of(connection, TimeSpan.Zero)}",
                Find<AuthenticationException>(connection) is not null
                    ? TrustedAuthorities.Remedy
                    : $"Check that {(login.Kind == LoginKind.SingleSignOn ? AwsService.Sso : AwsService.Sts)} of region {settings.Region} can be reached from here, and try again.",
                innerException: e
            );
        }

        return service switch
        {
            not null when login.Kind == LoginKind.SingleSignOn && IsRefusedRole(service) => Fail(
                $"IAM Identity Center does not give the role of {login.Source}: {said}",
                $"Make sure that sso_account_id and sso_role_name of profile {login.LoginProfile} are right, and that the role is assigned to you."
            ),
            null
            or { ErrorCode: "UnauthorizedException" or "Unauthorized" } when login.Kind == LoginKind.SingleSignOn =>
                Fail($"there is no valid login of IAM Identity Center for {login.Source}: {said}", login.Renewal),
            { ErrorCode: "AccessDenied" or "AccessDeniedException" } => Fail(
                $"the role of {login.Source} cannot be assumed: {said}",
                $"Make sure that role_arn is right, and that the role trusts the credentials that profile {login.Profile} assumes it with (sts:AssumeRole)."
            ),
            { ErrorCode: "ExpiredToken" or "ExpiredTokenException" } => Fail(
                $"{login.Source} has expired: {said}",
                login.Renewal
            ),
            _ => Fail($"{login.Source}: {said}", login.Renewal),
        };

        LadingException Fail(string cameBack, string remedy) =>
            new(attempted, cameBack, Joined(remedy, settings), innerException: e);
    }

    /// <summary>The profile does not exist.</summary>
    public static LadingException UnknownProfile(
        string profile,
        bool isNamedHere,
        string remedy,
        AwsSettings settings
    ) =>
        Unusable(
            settings,
            isNamedHere
                ? $"environment {settings.Environment} names profile {profile}, and the AWS configuration has none of that name"
                : $"AWS_PROFILE names profile {profile}, and the AWS configuration has none of that name",
            remedy
        );

    /// <summary>The profile has no credentials, and there are no others.</summary>
    public static LadingException NoneIn(string profile, AwsSettings settings) =>
        Unusable(
            settings,
            $"profile {profile} has no credentials, and this machine or container has no role",
            $"'aws configure sso --profile {ShellArgument.Of(profile)}' adds them."
        );

    /// <summary>There are no credentials at all; the cause is <see cref="NoCredentialsException"/>.</summary>
    public static LadingException None(AwsSettings settings) =>
        Unusable(
            settings,
            "no profile is named, AWS_ACCESS_KEY_ID is not set, there is no default profile, and this machine or container has no role",
            $"Log in and name a profile: {settings.ProfilePlace}. 'aws configure sso' makes one.",
            new NoCredentialsException()
        );

    /// <summary>The settings are unusable or missing: no credentials were requested.</summary>
    public static LadingException Unusable(
        AwsSettings settings,
        string cameBack,
        string remedy,
        Exception? cause = null
    ) => new(Attempted(settings), cameBack, Joined(remedy, settings), FailureKind.Usage, cause);

    /// <summary>A remedy for credentials, which ends with their check.</summary>
    public static string Joined(string remedy, AwsSettings settings) =>
        settings.Joined(remedy, DoctorCheck.Credentials, "checks the credentials");

    public static string Attempted(AwsSettings settings) => $"Could not get AWS credentials for {settings.Subject}";

    private static bool IsRefusedRole(AmazonServiceException? service) =>
        service?.ErrorCode
            is "ForbiddenException"
                or "Forbidden"
                or "ResourceNotFoundException"
                or "InvalidRequestException";

    /// <summary>The innermost message: the outer ones describe the SDK's own classes.</summary>
    private static string Describe(Exception e)
    {
        var inner = e;
        while (inner is not IOException && inner.InnerException is { } next and not System.Net.Sockets.SocketException)
        {
            inner = next;
        }

        var said = Find<ProxyFailureException>(e) ?? Find<AmazonServiceException>(e) as Exception ?? inner;
        var text = said.Message.ReplaceLineEndings(" ").Trim();
        return text.TrimEnd('.');
    }

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}
