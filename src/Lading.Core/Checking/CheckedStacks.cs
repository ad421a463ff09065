using Lading.Checking.Templates;
using Lading.Configuration;

namespace Lading.Checking;

/// <summary>Which stacks of an assembly are checked for an environment that was named: all but those of other environments.</summary>
/// <param name="Own">Those that are checked.</param>
/// <param name="Others">Those that are not, with the environment that each belongs to.</param>
internal sealed record CheckedStacks(
    IReadOnlyList<SynthesizedStack> Own,
    IReadOnlyList<(string Stack, string Environment)> Others
)
{
    /// <summary>Decides. Where every stack is another environment's, all are checked: a check of nothing would pass.</summary>
    /// <param name="stacks">Of the assembly.</param>
    /// <param name="environment">The environment that was named.</param>
    /// <param name="environments">All that <c>lading.json</c> has.</param>
    public static CheckedStacks Of(
        IReadOnlyList<SynthesizedStack> stacks,
        EnvironmentDefinition environment,
        IEnumerable<EnvironmentDefinition> environments
    )
    {
        var rule = new StackEnvironments(environments);
        var others = stacks
            .Select(stack => (Stack: stack, rule.Match(stack.Environment, stack.FullName).Only))
            .Where(each => each.Only is { } only && only.Name != environment.Name)
            .ToList();
        return others.Count == stacks.Count
            ? new CheckedStacks(stacks, [])
            : new CheckedStacks(
                [.. stacks.Except(others.Select(each => each.Stack))],
                [.. others.Select(each => (each.Stack.FullName.Path, each.Only!.Name)).Distinct()]
            );
    }
}
