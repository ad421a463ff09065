using Lading.Running.Evidence;

namespace Lading.Running.Verifying;

/// <summary>The state of the deployment of some stacks.</summary>
/// <param name="Evidence">The evidence; for several accounts and regions, with the name of the first and the evidence of all.</param>
/// <param name="Services">Services of the stacks, ordered by stack and name.</param>
/// <param name="Stacks">Stacks that CloudFormation rolled back or left incomplete.</param>
internal sealed record VerificationReport(
    EnvironmentEvidence Evidence,
    IReadOnlyList<ServiceDeploymentState> Services,
    IReadOnlyList<StackEvidence> Stacks
)
{
    /// <summary>One report on the stacks of several accounts and regions.</summary>
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

    /// <summary>The name of a service in messages: with its region if services are in several.</summary>
    public string NameOf(ServiceDeploymentState service) =>
        Services.All(each => each.Region == service.Region && each.Account == service.Account) ? service.Service
        : Services.All(each => each.Account == service.Account) ? $"{service.Service} ({service.Region})"
        : $"{service.Service} ({service.Account} {service.Region})";

    /// <summary>
    /// Whether every task that counts runs the pinned image, and nothing that could contradict that is unknown.
    /// </summary>
    public bool Holds =>
        Evidence.Failure is null
        && Stacks.Count == 0
        && !IsBlind
        && Services.All(service => service.Outcome == ServiceOutcome.Verified);

    /// <summary>Whether something is still in progress.</summary>
    public bool IsUnderWay =>
        Services.Any(service => service.IsUnderWay) || Evidence.Stacks.Any(stack => stack.IsInProgress);

    /// <summary>
    /// The report without idle services: those of stacks without an operation in progress, and those that still run as
    /// before.
    /// </summary>
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

    /// <summary>Whether stacks could not be read, so services may be missing.</summary>
    public bool IsBlind => Evidence.Unread.Any(fact => fact.IsOfStacks);

    /// <summary>Whether no problem is known, but not everything could be read.</summary>
    public bool IsUnknown =>
        !Holds
        && Stacks.Count == 0
        && Services.All(service =>
            service.Outcome is ServiceOutcome.Verified or ServiceOutcome.Unreadable or ServiceOutcome.UnknownDigest
        );

    /// <summary>Whether all problems may be transient.</summary>
    public bool MayPass =>
        !Holds
        && Stacks.Count == 0
        && Services.All(service => service.MayPass || service.Outcome == ServiceOutcome.Verified);

    /// <summary>What could not be read; a failure of the whole region counts for all its stacks.</summary>
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
