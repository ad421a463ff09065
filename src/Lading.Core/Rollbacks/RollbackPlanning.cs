using Lading.Configuration;
using Lading.Projects;
using Lading.Records;
using Lading.Registries;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Works out what going back would do. Nothing is changed anywhere.</summary>
/// <param name="gathering">Reads environments.</param>
/// <param name="updates">Reads the stack's template.</param>
/// <param name="registries">Tell the platforms of images.</param>
/// <param name="project">The project; null outside of one, where commits have no subjects.</param>
internal sealed class RollbackPlanning(
    IEnvironmentGathering gathering,
    IStackUpdates updates,
    IRegistries registries,
    Project? project
)
{
    // What CreateChangeSet takes as TemplateBody (CloudFormation quotas).
    private const int MostBytes = 51_200;

    /// <summary>Reads the stack and its past.</summary>
    /// <exception cref="LadingException">There is no such stack, or it could not be read.</exception>
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
                "lading status shows what there is; name the stack as CloudFormation does."
            );
        return new RollbackEvidence(history, evidence, found);
    }

    /// <summary>The plan, which says itself what keeps it from being done.</summary>
    /// <exception cref="LadingException">There is no such release, or the stack takes no update now.</exception>
    public async Task<RollbackPlan> MakeAsync(
        RollbackEvidence read,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        var (history, evidence, stack) = read;
        if (StackReadiness.WhyNot(stack) is { } failure)
        {
            throw failure;
        }

        var template = await ReadTemplateAsync(stack, request, cancellationToken).ConfigureAwait(false);
        var index = new EvidenceIndex(evidence);
        var record = evidence.Records.FirstOrDefault(each => each.Stack == stack.Name)?.Record;
        var choice = new TargetChoice(
            history.Releases,
            record?.Images.Values.SelectMany(image => image.RolledBackFrom).ToHashSet(StringComparer.Ordinal) ?? []
        );
        var target = choice.Choose(request.To, request.Image);
        var workloads = Workloads.Of(evidence);
        var containers = SwapPlan.Of(workloads, index, new ReleasedImages(target, history.Evidence), request.Image);
        var proofs = await Task.WhenAll(
                containers.Swaps.Select(swap =>
                    ImageProof.FindAsync(swap, history.Evidence, registries, cancellationToken)
                )
            )
            .ConfigureAwait(false);
        var plan = new RollbackPlan
        {
            History = history,
            Current = choice.Current!,
            Target = target,
            Stack = stack,
            Containers = containers,
            Proofs = proofs,
            Counts = TaskCount.Of(workloads, containers.Swaps, index, template),
            KeepsCounts = request.KeepsCounts,
            Staying = StayingChanges.Since(target, history.Evidence),
            Strays = StraysOf(evidence, containers.Swaps),
            Template = template,
            Others = choice.Others(target),
        };
        return Complete(plan, record, request, [.. Controllers(workloads, containers.Swaps, index)]);
    }

    private static StackEvidence? StackOf(EnvironmentEvidence evidence, string name)
    {
        if (evidence.Failure is { } failure)
        {
            throw failure;
        }

        var attempted = $"Could not go back in {name}";
        var stack = evidence.Stacks.FirstOrDefault(each => each.Name == name && each.ParentId is null);
        // What is unknown here might be changed unseen. Tasks and registries are looked at by themselves.
        var missing = evidence.Unread.FirstOrDefault(fact =>
            fact.Source.Action
                is "cloudformation:DescribeStacks"
                    or "cloudformation:GetTemplate"
                    or "cloudformation:ListStackResources"
                    or "ssm:GetParametersByPath"
                    or "ecs:DescribeServices"
        );
        return missing is null ? stack : throw new LadingException(attempted, missing.Reason, missing.Remedy);
    }

    private async Task<TemplateText> ReadTemplateAsync(
        StackEvidence stack,
        RollbackRequest request,
        CancellationToken cancellationToken
    )
    {
        var text = await updates.ReadTemplateAsync(stack.Id, cancellationToken).ConfigureAwait(false);
        var template =
            TemplateText.TryParse(text)
            ?? throw Refused(stack, "its template is YAML, and only JSON is read", "Deploy the commit of before.");
        if (
            template
                .ChildrenOf("/Resources")
                .Any(each => template.TextOf(template.Find($"{each}/Type")) == Workloads.Nested)
        )
        {
            throw Refused(
                stack,
                "it has nested stacks, whose images this version does not exchange",
                "Go back from the repository: git revert, then lading deploy."
            );
        }

        var places = UnreadableCharacters.PlacesIn(template);
        if (places.Count == 0)
        {
            return template;
        }

        var original = OriginalTemplates.Find(text, request.Assemblies);
        return original is not null
            ? TemplateText.TryParse(original)!
            : throw Refused(
                stack,
                $"CloudFormation gives its template back with ? for each character that is not ASCII, and it has one at {string.Join(", ", places.Take(5))}{(places.Count > 5 ? $" and {places.Count - 5} other places" : "")}",
                $"Run this where the cdk.out of that deployment is, or name it with --app; looked in {string.Join(", ", request.Assemblies)}. cdk synth of the deployed commit writes it again."
            );
    }

    private static RollbackPlan Complete(
        RollbackPlan plan,
        StackRecord? record,
        RollbackRequest request,
        IReadOnlyList<string> controllers
    )
    {
        var obstacles = plan
            .Containers.Refused.Select(note => $"{note.Use}: {note.Reason}")
            .Concat(
                plan.Proofs.Where(proof => proof.Problem.Length > 0 && !(request.IsForced && proof.IsUncertain))
                    .Select(proof => proof.Problem)
            )
            .Concat(controllers)
            .ToList();
        if (obstacles.Count == 0 && plan.Swaps.Count == 0)
        {
            obstacles.Add(
                plan.Strays.Count > 0
                    ? "the stack names those images already; the services run something else than it names"
                    : "the stack names those images already"
            );
        }

        if (obstacles.Count > 0)
        {
            return plan with { Obstacles = obstacles };
        }

        var counts = request.KeepsCounts
            ? plan.Counts.ToDictionary(count => count.Service, count => count.Running, StringComparer.Ordinal)
            : [];
        var swap = TemplateSwap.Of(
            plan.Template!,
            plan.Swaps,
            plan.Stack.Name,
            record is null ? null : RewrittenRecord.Of(record, plan.Swaps),
            counts
        );
        obstacles.AddRange(swap.Refused.Select(note => $"{note.Use}: {note.Reason}"));
        obstacles.AddRange(request.IsForced ? [] : MovingValues.In(plan.Template!, [.. swap.Properties.Keys]));
        if (System.Text.Encoding.UTF8.GetByteCount(swap.Text) > MostBytes)
        {
            obstacles.Add(
                "the template has more than 51,200 bytes, which CloudFormation takes from a bucket alone, and this version does not upload it: git revert, then lading deploy"
            );
        }

        return plan with
        {
            Obstacles = obstacles,
            Swap = swap,
        };
    }

    private static IEnumerable<string> Controllers(
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps,
        EvidenceIndex index
    ) =>
        from workload in workloads
        where workload.Kind == WorkloadKind.Service && swaps.Any(swap => workload.Containers.Contains(swap.Container))
        let service = index.FindService(workload.PhysicalId)
        let problem = service switch
        {
            null => "the service is not there any more: deploy the stack again",
            { Controller: "CODE_DEPLOY" } =>
                "CodeDeploy deploys it, and CloudFormation gives it no other task definition. Find its last good deployment (aws deploy list-deployments --include-only-statuses Succeeded), and start it again: aws deploy create-deployment with that revision",
            { Controller: not "ECS" } =>
                $"its controller is {service.Controller}, and CloudFormation gives it no other task definition: go back with the program that deploys it",
            _ => null,
        }
        where problem is not null
        select $"{workload.LogicalId}: {problem}";

    private static List<ContainerVerdict> StraysOf(EnvironmentEvidence evidence, IReadOnlyList<ImageSwap> swaps) =>
        [
            .. RunningRules
                .Of(evidence)
                .Containers.Where(verdict =>
                    verdict.State is RunningState.Hotswapped or RunningState.Drifted
                    && (swaps.Count == 0 || swaps.Any(swap => swap.Container.Container == verdict.Container))
                ),
        ];

    private static LadingException Refused(StackEvidence stack, string cameBack, string remedy) =>
        new($"Could not go back in {stack.Name}", cameBack, remedy, FailureKind.CheckFailed);
}
