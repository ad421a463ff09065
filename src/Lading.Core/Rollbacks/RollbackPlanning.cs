using Lading.Configuration;
using Lading.Projects;
using Lading.Records;
using Lading.Registries;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Plans a rollback, without changing anything.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="updates">Reads the stack's template.</param>
/// <param name="registries">Provide the platforms of images.</param>
/// <param name="pulls">Check whether execution roles may pull them.</param>
/// <param name="project">The project; null outside of one, where commits have no messages.</param>
internal sealed class RollbackPlanning(
    IEnvironmentGathering gathering,
    IStackUpdates updates,
    IRegistries registries,
    IPullPermissions pulls,
    Project? project
)
{
    /// <summary>Reads the stack and its history.</summary>
    /// <exception cref="LadingException">The stack does not exist, or could not be read.</exception>
    public async Task<RollbackEvidence> ReadAsync(
        EnvironmentDefinition environment,
        string? stack,
        CancellationToken cancellationToken
    )
    {
        var history = await new HistoryRun(gathering, project)
            .RunAsync(environment, stack, cancellationToken)
            .ConfigureAwait(false);
        var name = history.Evidence.Stack;
        var evidence = await gathering
            .ReadAsync(environment, each => each == name, [], cancellationToken)
            .ConfigureAwait(false);
        var found =
            StackOf(evidence, name)
            ?? await updates.FindAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw LadingException.Usage(
                $"Could not go back in {name}",
                "there is no such top-level stack",
                $"lading status {environment.Selector} shows what there is; name the stack as CloudFormation does."
            );
        if (!found.IsInProgress && history.Releases.Any(release => release.Outcome == ReleaseOutcome.InProgress))
        {
            // An update has ended in between: the release that is in progress in the history is the current one by now.
            history = await new HistoryRun(gathering, project)
                .RunAsync(environment, name, cancellationToken)
                .ConfigureAwait(false);
        }

        return new RollbackEvidence(history, evidence, found);
    }

    /// <summary>Returns the plan, including the obstacles that prevent it.</summary>
    /// <exception cref="LadingException">The release does not exist, or the stack accepts no update now.</exception>
    public async Task<RollbackPlan> MakeAsync(
        RollbackEvidence read,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        var (history, evidence, stack) = read;
        if (StackReadiness.WhyNot(stack, evidence) is { } failure)
        {
            throw failure;
        }

        var bootstrap = Bootstrap.Find(stack);
        var templates = await new TemplateTree(updates.Through(bootstrap), bootstrap, request.Assemblies)
            .ReadAsync(stack, evidence, cancellationToken)
            .ConfigureAwait(false);
        var index = new EvidenceIndex(evidence);
        var workloads = Workloads.Of(evidence);
        var record = evidence.Records.FirstOrDefault(each => each.Stack == stack.Name)?.Record;
        var drifted = DriftedContainer.In(evidence, workloads, index);
        var rolledBack =
            record?.Images.Values.SelectMany(image => image.RolledBackFrom).ToHashSet(StringComparer.Ordinal) ?? [];
        var choice = new TargetChoice(
            history.Releases,
            rolledBack,
            drifted,
            $"{stack.Name} {evidence.Selector}",
            history.Evidence.Unread.Count > 0 ? history.Evidence.Unread[0] : null
        );
        var target = choice.Choose(request.To, request.Image);
        var containers = SwapPlan.Of(workloads, index, new ReleasedImages(target), request.Image);
        var proofs = await Task.WhenAll(
                containers.Swaps.Select(swap =>
                    ImageProof.FindAsync(swap, history.Evidence, registries, cancellationToken)
                )
            )
            .ConfigureAwait(false);
        var refusals = await PullRefusals
            .FindAsync(
                workloads,
                containers.Swaps,
                [.. evidence.TaskDefinitions, .. history.Evidence.TaskDefinitions],
                pulls,
                cancellationToken
            )
            .ConfigureAwait(false);
        var plan = new RollbackPlan
        {
            History = history,
            Current = choice.Current!,
            Target = target,
            Stack = stack,
            Selector = evidence.Selector,
            CliOptions = evidence.CliOptions,
            Containers = containers,
            Proofs = proofs,
            Counts = ChangedTaskCounts.Of(workloads, containers.Swaps, index, templates),
            KeepsCounts = request.KeepsCounts,
            Tasks = ReplacedTasks.Of(workloads, containers.Swaps, index),
            Staying = RemainingChanges.Since(target, history.Releases, history.Evidence),
            Settings = RemainingSettings.Since(target, history, workloads, containers.Swaps),
            // The containers whose image is replaced; all if none is.
            Drifted =
            [
                .. drifted.Where(container =>
                    containers.Swaps.Count == 0
                    || containers.Swaps.Any(swap => swap.Container.Container == container.Container)
                ),
            ],
            Templates = templates,
            Bootstrap = bootstrap,
            Others = choice.Others(target),
            UndoesRollback =
                containers.Swaps.Count > 0 && containers.Swaps.All(swap => rolledBack.Contains($"{swap.To}")),
        };
        return Complete(
            plan,
            record,
            request,
            [.. DeploymentControllers.In(workloads, containers.Swaps, index), .. request.IsForced ? [] : refusals]
        );
    }

    private static StackEvidence? StackOf(EnvironmentEvidence evidence, string name)
    {
        if (evidence.Failure is { } failure)
        {
            throw failure;
        }

        var attempted = $"Could not go back in {name}";
        var stack = evidence.Stacks.FirstOrDefault(each => each.Name == name && each.ParentId is null);
        // Without these facts, an unintended change could go unnoticed. Tasks and registries are checked separately.
        var missing = evidence.Unread.FirstOrDefault(fact =>
            fact.Source.Action
                is "cloudformation:DescribeStacks"
                    or "cloudformation:GetTemplate"
                    or "cloudformation:ListStackResources"
                    or "ssm:GetParametersByPath"
                    or "ecs:DescribeServices"
        );
        return missing is null
            ? stack
            : throw new LadingException(attempted, missing.Reason, missing.Remedy, FailureKind.CheckFailed);
    }

    private static string Kept(RollbackPlan plan) =>
        plan.Containers.Kept.Count == 0
            ? ""
            : $", but for {string.Join(", ", plan.Containers.Kept.Select(note => $"{note.Use}, which keeps its image: {note.Reason}"))}";

    private static RollbackPlan Complete(
        RollbackPlan plan,
        StackRecord? record,
        RollbackRequest request,
        IReadOnlyList<string> others
    )
    {
        var obstacles = plan
            .Containers.Refused.Select(note => $"{note.Use}: {note.Reason}")
            .Concat(
                plan.Proofs.Where(proof => proof.Problem.Length > 0 && !(request.IsForced && proof.IsUncertain))
                    .Select(proof => proof.Problem)
            )
            .Concat(others)
            .ToList();
        if (obstacles.Count == 0 && plan.Swaps.Count == 0)
        {
            var remedy = DriftedContainer.RemedyFor(plan.Drifted);
            obstacles.Add(
                $"the stack names those images already{Kept(plan)}{DriftedContainer.Describe(plan.Drifted)}{(remedy is null ? "" : $". {remedy}")}"
            );
        }

        if (obstacles.Count > 0)
        {
            return plan with { Obstacles = obstacles };
        }

        plan = plan with { Record = record is null ? null : RewrittenRecord.Of(record, plan.Swaps) };
        plan = plan.With(plan.Counts);
        var tree = plan.Tree!;
        obstacles.AddRange(tree.Obstacles);
        if (!request.IsForced)
        {
            obstacles.AddRange(
                plan.Templates.SelectMany(each =>
                    DynamicValues.In(each.Text, [.. tree.Swaps[each.Stack.Id].Properties.Keys])
                )
            );
            obstacles.AddRange(
                plan.Templates.Where(each => each.Unread is not null)
                    .Select(each =>
                        $"the template of {each.LogicalId} could not be looked up in its bucket: {each.Unread}"
                    )
            );
        }

        return plan with
        {
            Obstacles = obstacles,
        };
    }
}
