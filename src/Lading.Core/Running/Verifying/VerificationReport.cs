using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>How the deployment of some stacks stands.</summary>
/// <param name="Evidence">What it was decided from; of several accounts and regions, what the first is called and what all of them have.</param>
/// <param name="Services">Those of the stacks, by stack and name.</param>
/// <param name="Stacks">Stacks that CloudFormation took back or left unfinished.</param>
internal sealed record VerificationReport(
    EnvironmentEvidence Evidence,
    IReadOnlyList<ServiceStanding> Services,
    IReadOnlyList<StackEvidence> Stacks
)
{
    /// <summary>One report of the stacks in several accounts and regions.</summary>
    /// <param name="reports">At least one.</param>
    public static VerificationReport Join(IReadOnlyList<VerificationReport> reports) =>
        reports.Count == 1 && reports[0].Evidence.Failure is null
            ? reports[0]
            : new VerificationReport(
                reports[0].Evidence with
                {
                    Failure = null,
                    Stacks = [.. reports.SelectMany(each => each.Evidence.Stacks)],
                    Unread = [.. reports.SelectMany(each => UnreadOf(each.Evidence))],
                },
                [.. reports.SelectMany(each => each.Services)],
                [.. reports.SelectMany(each => each.Stacks)]
            );

    /// <summary>What a service is called: with its region, where there are services in several.</summary>
    public string NameOf(ServiceStanding service) =>
        Services.All(each => each.Region == service.Region && each.Account == service.Account) ? service.Service
        : Services.All(each => each.Account == service.Account) ? $"{service.Service} ({service.Region})"
        : $"{service.Service} ({service.Account} {service.Region})";

    /// <summary>Whether every task that counts runs what is pinned, and nothing that would tell otherwise is unknown.</summary>
    public bool Holds =>
        Evidence.Failure is null
        && Stacks.Count == 0
        && !IsBlind
        && Services.All(service => service.Outcome == ServiceOutcome.Verified);

    /// <summary>Whether something is still under way.</summary>
    public bool IsUnderWay =>
        Services.Any(service => service.IsUnderWay) || Evidence.Stacks.Any(stack => stack.IsInProgress);

    /// <summary>The same without the services that nothing happens to: of stacks that nobody is at, and of others what runs as it did.</summary>
    public VerificationReport Moving
    {
        get
        {
            var busy = Evidence
                .Stacks.Where(stack => stack.IsInProgress)
                .Select(stack => stack.Name)
                .ToHashSet(StringComparer.Ordinal);
            return this with
            {
                Services =
                [
                    .. Services.Where(service => busy.Contains(service.Stack.Split('/')[0]) && service.IsMoving),
                ],
            };
        }
    }

    /// <summary>Whether stacks could not be read, so that services may be missing here.</summary>
    public bool IsBlind => Evidence.Unread.Any(fact => fact.IsOfStacks);

    /// <summary>Whether nothing is known to be wrong, and not everything could be read.</summary>
    public bool IsUnknown =>
        !Holds
        && Stacks.Count == 0
        && Services.All(service =>
            service.Outcome is ServiceOutcome.Verified or ServiceOutcome.Unreadable or ServiceOutcome.UnknownDigest
        );

    /// <summary>Whether all that does not hold may pass by itself.</summary>
    public bool MayPass =>
        !Holds
        && Stacks.Count == 0
        && Services.All(service => service.MayPass || service.Outcome == ServiceOutcome.Verified);

    /// <summary>What could not be read; where nothing could, that counts for all stacks.</summary>
    private static IEnumerable<UnreadFact> UnreadOf(EnvironmentEvidence evidence) =>
        evidence.Failure is { } failure
            ? evidence.Unread.Append(
                new UnreadFact(
                    new FactOrigin("cloudformation:DescribeStacks", "", evidence.ReadAt),
                    $"{evidence.Region}: {failure.CameBack}",
                    failure.Remedy,
                    []
                )
            )
            : evidence.Unread;
}
