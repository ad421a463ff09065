using System.Net.Sockets;
using System.Security.Authentication;
using Amazon;
using Lading.Aws.Credentials;
using Lading.Configuration.Json;
using Lading.Http;

namespace Lading.Aws;

/// <summary>Failures of AWS, with all their remedies.</summary>
internal sealed record AwsFailure(
    AwsSettings Settings,
    AwsLogin Login,
    ServiceAddress Address,
    AwsService Service,
    string Operation,
    string Attempted
)
{
    private string Whole => Address.Origin is null ? Attempted : $"{Attempted} at {Address.Root.Authority}";

    /// <summary>A final refusal.</summary>
    public LadingException Refused(AwsError error)
    {
        var answer = error.Describe(Service.Title);
        return error switch
        {
            { IsExpiry: true } => new(
                Whole,
                $"{Login.Source} has expired",
                CredentialFailure.Joined(Login.Renewal, Settings)
            ),
            { IsClockSkew: true } => new(
                Whole,
                answer,
                Settings.Joined(
                    "Set this machine's clock: signatures are valid for five minutes.",
                    DoctorCheck.Clock,
                    "says how far it is off"
                )
            ),
            { IsBadKey: true } => new(Whole, answer, BadKey()),
            { IsDenial: true } => new(
                Whole,
                answer,
                $"Allow {Service.Name}:{Operation} to {Login.Source}, or use other credentials: {Settings.Choice}",
                innerException: new AwsException(Attempted, error)
            ),
            { Code: "UnknownOperationException" or "UnknownOperation" or "InvalidAction" } => new(
                Whole,
                answer,
                Address.Origin is { } origin
                    ? $"Make sure that {origin} names a server for {Service.Title}."
                    : "Make sure that this region has the operation."
            ),
            _ => new(Whole, answer),
        };
    }

    /// <summary>A failure after all retries.</summary>
    public LadingException GivenUp(FailedAttempt failed, AttemptTally tally)
    {
        var tries = tally.Tried == 1 ? "tried once" : $"tried {tally.Tried} times";
        return new LadingException(
            Whole,
            $"{failed.Text.TrimEnd('.')} ({tries} in {tally.Spent.TotalSeconds:0.0} s)",
            failed.IsBusy
                ? "AWS throttles this operation: try again later, with fewer calls at once."
                : Connection(failed.Cause),
            innerException: failed.Cause
        );
    }

    private string BadKey() =>
        CredentialFailure.Joined(
            $"Make sure that the keys of {Login.Source} still exist, and that region {Settings.Region} is enabled for their account. {Login.Renewal}",
            Settings
        );

    private string Connection(Exception? cause)
    {
        if (cause is ProxyFailureException proxy)
        {
            return proxy.Remedy;
        }

        if (cause is HttpRequestException { InnerException: AuthenticationException })
        {
            return TrustedAuthorities.Remedy;
        }

        if (Address.Origin is { } origin)
        {
            return Settings.Joined(
                $"Make sure that a server listens there: {origin} names it.",
                DoctorCheck.Endpoints,
                "lists what goes elsewhere"
            );
        }

        if (!IsUnknownHost(cause))
        {
            return "Check that AWS can be reached from here, and try again: what was done already stays.";
        }

        var regions = RegionEndpoint.EnumerableAllRegions.Select(region => region.SystemName).ToList();
        var closest = regions.Contains(Settings.Region) ? null : ClosestMatch.Find(Settings.Region, regions);
        return $"{Address.Root.Host} could not be resolved: check that region {Settings.Region} of {Settings.Subject} is right{(closest is null ? "" : $" (did you mean {closest}?)")}, and that this machine has a network.";
    }

    private static bool IsUnknownHost(Exception? cause) =>
        cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
        || cause?.InnerException
            is SocketException
            {
                SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
            };
}
