using Lading.Checking.Templates;
using Lading.Configuration;

namespace Lading.Deploying;

/// <summary>Which stacks of an assembly are deployed to an environment.</summary>
/// <param name="Named">The stacks that are passed to cdk.</param>
/// <param name="All">The same, and the stacks that cdk deploys before them.</param>
internal sealed record StackSelection(IReadOnlyList<SynthesizedStack> Named, IReadOnlyList<SynthesizedStack> All)
{
    /// <summary>
    /// Stacks that could belong to the environment, but are left out because nothing assigns them to it.
    /// </summary>
    public IReadOnlyList<LeftOutStack> LeftOut { get; private init; } = [];

    /// <summary>Stacks that were named although they belong to another environment.</summary>
    public IReadOnlyList<LeftOutStack> Borrowed { get; private init; } = [];

    /// <summary>Selects the named stacks, with cdk's matching of names, or else all of the environment.</summary>
    /// <param name="stacks">All stacks of the assembly.</param>
    /// <param name="patterns">The user's arguments: paths or names with <c>*</c> and <c>?</c>; empty for none.</param>
    /// <param name="environment">The environment to deploy to.</param>
    /// <param name="environments">All environments in <c>lading.json</c>.</param>
    /// <param name="isExclusive">Whether to skip the stacks that they depend on.</param>
    /// <exception cref="LadingException">A name matches none, a stack belongs to another environment, cdk would deploy such a stack
    /// along with the named ones, or a stack is ambiguous.</exception>
    public static StackSelection Of(
        IReadOnlyList<SynthesizedStack> stacks,
        IReadOnlyList<string> patterns,
        EnvironmentDefinition environment,
        IEnumerable<EnvironmentDefinition> environments,
        bool isExclusive
    )
    {
        var rule = new StackEnvironments(
            environments.Select(each => each.Name == environment.Name ? environment : each)
        );
        var candidates = new CandidateStacks(
            environment,
            [.. stacks.Select(stack => new CandidateStack(stack, rule.Match(stack.Environment, stack.FullName)))]
        );
        var named =
            patterns.Count == 0
                ? candidates.TakeAll()
                : candidates.TakeNamed([.. patterns.Select(each => new StackPattern(each))]);
        var deployed = isExclusive ? named : candidates.WithDependencies(named);
        return new StackSelection(StacksOf(named), StacksOf(deployed))
        {
            LeftOut = patterns.Count > 0 ? [] : candidates.LeftOut(deployed),
            Borrowed = candidates.Borrowed(named),
        };
    }

    private static IReadOnlyList<SynthesizedStack> StacksOf(IReadOnlyList<CandidateStack> candidates) =>
        [.. candidates.Select(each => each.Stack)];
}

/// <summary>A stack to report to the user.</summary>
/// <param name="Name">As <c>cdk ls</c> shows it.</param>
/// <param name="Reason">The end of a sentence that begins with the name.</param>
internal sealed record LeftOutStack(string Name, string Reason);
