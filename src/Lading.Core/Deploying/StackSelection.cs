using Lading.Checking.Templates;
using Lading.Configuration;

namespace Lading.Deploying;

/// <summary>Which stacks of an assembly are deployed to an environment.</summary>
/// <param name="Named">Those that cdk is told.</param>
/// <param name="All">Those and what cdk deploys before them.</param>
internal sealed record StackSelection(IReadOnlyList<SynthesizedStack> Named, IReadOnlyList<SynthesizedStack> All)
{
    /// <summary>Stacks that could be the environment's and were left out, since nothing says that they are.</summary>
    public IReadOnlyList<LeftOutStack> LeftOut { get; private init; } = [];

    /// <summary>Stacks that were named although they are another environment's.</summary>
    public IReadOnlyList<LeftOutStack> Borrowed { get; private init; } = [];

    /// <summary>Decides: the stacks that are named, as cdk understands names; else all of the environment.</summary>
    /// <param name="stacks">Of the assembly.</param>
    /// <param name="patterns">What the user named: paths or names with <c>*</c> and <c>?</c>; empty for nothing.</param>
    /// <param name="environment">Where they go.</param>
    /// <param name="environments">All that <c>lading.json</c> has.</param>
    /// <param name="isExclusive">Whether what they depend on is left alone.</param>
    /// <exception cref="LadingException">
    /// A name fits none, a stack is another environment's, or cdk would deploy one with those that were asked for; or it
    /// cannot be told whose a stack is.
    /// </exception>
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

/// <summary>A stack that people are told of.</summary>
/// <param name="Name">As <c>cdk ls</c> shows it.</param>
/// <param name="Reason">The end of a sentence that begins with the name.</param>
internal sealed record LeftOutStack(string Name, string Reason);
