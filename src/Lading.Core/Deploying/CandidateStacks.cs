using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Configuration.Json;

namespace Lading.Deploying;

/// <summary>The stacks of an app, from which those to deploy to an environment are chosen.</summary>
/// <param name="environment">The environment to deploy to.</param>
/// <param name="all">All stacks of the app, in the order of the assembly.</param>
internal sealed class CandidateStacks(EnvironmentDefinition environment, IReadOnlyList<CandidateStack> all)
{
    private string Attempted => $"Could not choose stacks to deploy to {environment.Name}";

    /// <summary>All stacks of the environment.</summary>
    /// <exception cref="LadingException">There are none, or some are ambiguous.</exception>
    public IReadOnlyList<CandidateStack> TakeAll()
    {
        RefuseContested(all);
        RefuseShared([.. Concerning(StackMatchKind.Shared)]);
        RefuseOpen([.. Concerning(StackMatchKind.Open)]);
        var own = all.Where(each => each.BelongsTo(environment)).ToList();
        return own.Count > 0
            ? own
            : throw LadingException.Usage(
                Attempted,
                all.Count == 0
                    ? "the app has none"
                    : $"no stack of the app belongs to {environment.Name}: {string.Join("; ", all.Select(Sentence))}",
                all.Count == 0
                    ? ""
                    : "Name the environment of the stacks with --env, or correct account, region or \"stacks\" in lading.json."
            );
    }

    /// <summary>The named stacks. One of another environment must be named in full, and have the same account and region.</summary>
    /// <exception cref="LadingException">A name matches no stack, or none that may be deployed to the environment.</exception>
    public IReadOnlyList<CandidateStack> TakeNamed(IReadOnlyList<StackPattern> patterns)
    {
        var named = patterns.SelectMany(Named).ToHashSet();
        RefuseContested(named);
        return [.. all.Where(named.Contains)];
    }

    /// <summary>The named stacks, and the stacks that cdk deploys before them.</summary>
    /// <exception cref="LadingException">One of these does not belong to the environment.</exception>
    public IReadOnlyList<CandidateStack> WithDependencies(IReadOnlyList<CandidateStack> named)
    {
        var wanted = named.ToHashSet();
        for (var queue = new Queue<CandidateStack>(named); queue.TryDequeue(out var candidate); )
        {
            foreach (var needed in all.Where(other => candidate.Stack.DependsOn.Contains(other.Stack.Id)))
            {
                if (wanted.Contains(needed))
                {
                    continue;
                }

                RequireOwn(needed, candidate);
                wanted.Add(needed);
                queue.Enqueue(needed);
            }
        }

        return [.. all.Where(wanted.Contains)];
    }

    /// <summary>
    /// Stacks that could belong to the environment, but are not deployed because nothing assigns them to it.
    /// </summary>
    public IReadOnlyList<LeftOutStack> LeftOut(IReadOnlyList<CandidateStack> deployed) =>
        [
            .. all.Except(deployed)
                .Where(each => each.Match.Kind is StackMatchKind.None or StackMatchKind.Unlisted)
                .Where(each => each.MayGoWith(environment))
                .Select(each => new LeftOutStack(each.Stack.Name, each.Belonging)),
        ];

    /// <summary>Stacks that were named although they belong to another environment.</summary>
    public IReadOnlyList<LeftOutStack> Borrowed(IReadOnlyList<CandidateStack> named) =>
        [
            .. named
                .Where(each => each.Match.Only is { } owner && owner.Name != environment.Name)
                .Select(each => new LeftOutStack(each.Stack.Name, each.Belonging)),
        ];

    private IEnumerable<CandidateStack> Named(StackPattern pattern)
    {
        var fitting = all.Where(each => pattern.Matches(each.Stack.FullName)).ToList();
        if (fitting.Count == 0)
        {
            var names = all.Select(each => each.Stack.Name).ToList();
            var meant = ClosestMatch.Find(pattern.Text, names) is { } near ? $"Did you mean {near}? " : "";
            throw LadingException.Usage(
                Attempted,
                $"the app has no stack {pattern}",
                $"{meant}It has {string.Join(", ", names)}."
            );
        }

        var usable = fitting
            .Where(each => each.MayGoWith(environment) || (pattern.IsExact && each.Environment.Fits(environment)))
            .ToList();
        return usable.Count > 0
            ? usable
            : throw LadingException.Usage(
                Attempted,
                $"{string.Join("; ", fitting.Select(Sentence))}",
                fitting.Select(each => each.Match.Only).OfType<EnvironmentDefinition>().FirstOrDefault() is { } owner
                    ? $"Name the stacks of {environment.Name}, or deploy with --env {owner.Name}."
                    : $"Name the stacks of {environment.Name} ({AccountAndRegionOf(environment)}), or another environment with --env."
            );
    }

    private void RequireOwn(CandidateStack needed, CandidateStack dependent)
    {
        if (needed.Match.Kind != StackMatchKind.Shared && needed.MayGoWith(environment))
        {
            return;
        }

        var first = needed.Match.Only is { } owner
            ? $"Deploy {needed.Stack.Name} with --env {owner.Name}, then {dependent.Stack.Name} alone"
            : $"Deploy {dependent.Stack.Name} alone";
        var naming = needed.Environment.Fits(environment)
            ? $"; or name both: lading deploy {dependent.Stack.Name} {needed.Stack.Name} --env {environment.Name}"
            : "";
        throw LadingException.Usage(
            $"Could not deploy {dependent.Stack.Name} to {environment.Name}",
            $"it depends on {needed.Stack.Name}, which cdk would deploy as well, and which {needed.Belonging}",
            $"{first}: lading deploy {dependent.Stack.Name} --env {environment.Name} -- --exclusively{naming}."
        );
    }

    private void RefuseContested(IEnumerable<CandidateStack> stacks)
    {
        if (stacks.FirstOrDefault(each => Concerns(each, StackMatchKind.Contested)) is { } contested)
        {
            throw LadingException.Usage(
                Attempted,
                $"stack {Sentence(contested)}",
                "Correct \"stacks\" in lading.json so that one of them names it."
            );
        }
    }

    private void RefuseShared(IReadOnlyList<CandidateStack> shared)
    {
        if (shared.Count > 0)
        {
            throw LadingException.Usage(
                Attempted,
                $"{Join(shared)} {(shared.Count == 1 ? "is" : "are")} in {shared[0].Environment}, which {shared[0].Match.Names} share",
                Lines(shared)
            );
        }
    }

    private void RefuseOpen(IReadOnlyList<CandidateStack> open)
    {
        if (open.Count > 1 && open.Any(each => each.Match.Environments.Count > 1))
        {
            var others = open.Select(each => each.Match).MaxBy(match => match.Environments.Count)!;
            throw LadingException.Usage(
                Attempted,
                $"{Join(open)} leave account or region open, and could belong to {others.Names}",
                $"Name those to deploy: lading deploy {string.Join(' ', open.Select(each => each.Stack.Name))} --env {environment.Name}. {Lines(open)}"
            );
        }
    }

    private static string Lines(IReadOnlyList<CandidateStack> stacks) =>
        $"Assign them in lading.json: {StackEnvironments.LinesFor(stacks.SelectMany(each => each.Match.Environments).DistinctBy(each => each.Name), [.. stacks.Select(each => each.Stack.FullName)])}";

    private IEnumerable<CandidateStack> Concerning(StackMatchKind kind) => all.Where(each => Concerns(each, kind));

    private bool Concerns(CandidateStack stack, StackMatchKind kind) =>
        stack.Match.Kind == kind && stack.Match.Has(environment.Name);

    private static string Sentence(CandidateStack stack) => $"{stack.Stack.Name} {stack.Belonging}";

    private static string Join(IEnumerable<CandidateStack> stacks) =>
        string.Join(", ", stacks.Select(each => each.Stack.Name));

    private static string AccountAndRegionOf(EnvironmentDefinition environment) =>
        new StackEnvironment(environment.Account, environment.Region).ToString();
}
