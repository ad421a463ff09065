using System.Text.RegularExpressions;
using Lading.Checking.Templates;
using Lading.Configuration;

namespace Lading.Cli.Commands.Deploy;

/// <summary>Which stacks of an assembly are deployed to an environment.</summary>
/// <param name="Named">Those that cdk is told.</param>
/// <param name="All">Those and what cdk deploys before them.</param>
internal sealed record StackSelection(IReadOnlyList<SynthesizedStack> Named, IReadOnlyList<SynthesizedStack> All)
{
    /// <summary>Decides: the stacks that are named, as cdk understands names; else all of the environment's account, and those that leave theirs open.</summary>
    /// <param name="stacks">Of the assembly.</param>
    /// <param name="patterns">What the user named: ids with <c>*</c> and <c>?</c>; empty for nothing.</param>
    /// <param name="environment">Where they go.</param>
    /// <param name="isExclusive">Whether what they depend on is left alone.</param>
    /// <exception cref="LadingException">A name fits none, or a stack is of another account or region.</exception>
    public static StackSelection Of(
        IReadOnlyList<SynthesizedStack> stacks,
        IReadOnlyList<string> patterns,
        EnvironmentDefinition environment,
        bool isExclusive
    )
    {
        var attempted = $"Could not choose stacks to deploy to {environment.Name}";
        var here = stacks.Where(stack => IsIn(stack, environment)).ToList();
        foreach (var pattern in patterns.Where(pattern => !stacks.Any(stack => Fits(stack, pattern))))
        {
            throw LadingException.Usage(
                attempted,
                $"the app has no stack {pattern}",
                $"It has {string.Join(", ", stacks.Select(stack => stack.Name))}."
            );
        }

        var named =
            patterns.Count == 0 ? here : [.. stacks.Where(stack => patterns.Any(pattern => Fits(stack, pattern)))];
        if (named.Count == 0)
        {
            throw LadingException.Usage(
                attempted,
                stacks.Count == 0
                    ? "the app has none"
                    : $"none is of account {environment.Account}: {string.Join(", ", stacks.Select(stack => $"{stack.Name} ({stack.Place.Account})"))}"
            );
        }

        if (named.FirstOrDefault(stack => !IsIn(stack, environment)) is { } elsewhere)
        {
            throw LadingException.Usage(
                attempted,
                $"stack {elsewhere.Name} is of account {elsewhere.Place.Account}, and {environment.Name} is {environment.Account}",
                "Name the stacks of this environment, or another environment with --env."
            );
        }

        return new StackSelection(named, isExclusive ? named : WithDependencies(named, stacks));
    }

    private static List<SynthesizedStack> WithDependencies(
        List<SynthesizedStack> named,
        IReadOnlyList<SynthesizedStack> stacks
    )
    {
        var wanted = named.ToHashSet();
        for (var queue = new Queue<SynthesizedStack>(named); queue.TryDequeue(out var stack); )
        {
            foreach (var needed in stacks.Where(other => stack.DependsOn.Contains(other.Id) && wanted.Add(other)))
            {
                queue.Enqueue(needed);
            }
        }

        return [.. stacks.Where(wanted.Contains)];
    }

    private static bool IsIn(SynthesizedStack stack, EnvironmentDefinition environment) =>
        stack.Place.Account is not { } account || environment.Account is null || account == environment.Account;

    private static bool Fits(SynthesizedStack stack, string pattern) =>
        Matches(stack.Name, pattern) || (stack.StackName is { } name && Matches(name, pattern));

    /// <summary><c>*</c> stops at a slash, as in paths; <c>**</c> does not.</summary>
    private static bool Matches(string name, string pattern) =>
        Regex.IsMatch(
            name,
            "\\A"
                + Regex
                    .Escape(pattern)
                    .Replace("\\*\\*", ".*", StringComparison.Ordinal)
                    .Replace("\\*", "[^/]*", StringComparison.Ordinal)
                    .Replace("\\?", "[^/]", StringComparison.Ordinal)
                + "\\z",
            RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1)
        );
}
