using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Running;
using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>An account and region that stacks of one deployment belong to.</summary>
/// <param name="Environment">The environment there: the requested one, or the same in another region or account.</param>
/// <param name="Stacks">The stacks in it.</param>
internal sealed record DeployRegion(EnvironmentDefinition Environment, IReadOnlyList<SynthesizedStack> Stacks)
{
    /// <summary>The names of its stacks in CloudFormation.</summary>
    public IReadOnlyList<string> Names { get; } =
    [.. Stacks.Select(stack => stack.StackName).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Whether there are services to watch.</summary>
    public bool HasServices => Stacks.Any(HasService);

    /// <summary>The stacks to watch.</summary>
    public VerifiedRegion Watched =>
        new(Environment, new VerifiedStacks(Names, new StackScope(Environment, configuration: null)));

    /// <summary>The command that watches its stacks again.</summary>
    public string VerifyCommand => $"lading verify {string.Join(' ', Names)} {Environment.Selector}";

    /// <summary>
    /// Groups stacks by account and region; the environment fills in what a stack leaves open. The order is always the same, so two
    /// runs that need leases in the same regions take them in the same order.
    /// </summary>
    /// <param name="environment">The environment to deploy to.</param>
    /// <param name="selected">All stacks that cdk deploys.</param>
    public static IReadOnlyList<DeployRegion> Of(
        EnvironmentDefinition environment,
        IReadOnlyList<SynthesizedStack> selected
    ) =>
        [
            .. selected
                .GroupBy(stack =>
                    (
                        Account: stack.Environment.Account ?? environment.Account,
                        Region: stack.Environment.Region ?? environment.Region
                    )
                )
                .OrderBy(group => group.Key.Account, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Region, StringComparer.Ordinal)
                .Select(group => new DeployRegion(environment.At(group.Key.Account, group.Key.Region), [.. group]))
                .Where(region => region.Names.Count > 0),
        ];

    /// <summary>Whether a stack, or one nested in it, has a service.</summary>
    public static bool HasService(SynthesizedStack stack) =>
        stack.Resources.Any(resource =>
            resource.Value.FindText("Type") == Workloads.Service
            || stack.FindNested(resource.Name, resource.Value) is { } nested && HasService(nested)
        );
}
