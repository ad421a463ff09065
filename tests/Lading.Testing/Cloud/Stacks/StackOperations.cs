using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>
/// The steps of an operation of <see cref="TestStacks"/>: at its beginning, as time passes, and where it fails.
/// </summary>
internal sealed class StackOperations(TestEcs ecs, TestStacks stacks)
{
    /// <summary>How long CloudFormation waits for a service to become steady.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    private int count;

    /// <summary>Begins to deploy the stack's plan.</summary>
    public void Begin(TestStack stack)
    {
        count++;
        Say(stack, stack.Before is null ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS", "User Initiated");
        Apply(stack, stack.Plan);
    }

    /// <summary>Cancels an update; the rollback begins with the next step.</summary>
    public void Cancel(TestStack stack)
    {
        Say(stack, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
        stack.IsCancelled = true;
    }

    /// <summary>Retries a failed rollback.</summary>
    public void Continue(TestStack stack)
    {
        Say(stack, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
        stack.Plan = stack.Before!;
        Apply(stack, stack.Plan);
    }

    private void Apply(TestStack stack, StackPlan plan)
    {
        foreach (var (id, other) in plan.Others)
        {
            Part(stack, id, other.PhysicalId, (string)other.Resource["Type"]!, Done(stack));
        }

        foreach (var (id, service) in plan.Services)
        {
            var definitionId = StackPlan.DefinitionOf(id);
            var there = stack.Parts.GetValueOrDefault(id);
            var old = stack.Parts.GetValueOrDefault(definitionId);
            var known = old is null ? null : ecs.Definitions.Find(each => each.Arn == old.PhysicalId);
            if (known is not null && Same(known.Images, service.Images) && there is not null)
            {
                // CloudFormation resets the desired count only if the service changes (coverage-roadmap#187).
                continue;
            }

            // A rollback returns to the previous definition, which is cleaned up only after success.
            var definition =
                ecs.Definitions.FindLast(each =>
                    stack.Status.Contains("ROLLBACK", StringComparison.Ordinal)
                    && each.Family == $"{plan.Name}{id}"
                    && Same(each.Images, service.Images)
                ) ?? ecs.Register($"{plan.Name}{id}", service.Images, service.Architecture);
            Part(stack, definitionId, definition.Arn, "AWS::ECS::TaskDefinition", Done(stack));
            if (there is null)
            {
                var created = ecs.Create(
                    plan.Cluster,
                    $"{plan.Name}-{id}",
                    definition,
                    service.Desired,
                    each => Set(each, service, stack)
                );
                Part(stack, id, created.Arn, "AWS::ECS::Service", stack.Status);
            }
            else if (ecs.Services.Find(each => each.Arn == there.PhysicalId) is { } running)
            {
                Set(running, service, stack);
                running.Desired = service.Desired;
                if (running.Controller == "ECS")
                {
                    ecs.Deploy(running, definition);
                }

                Part(stack, id, running.Arn, "AWS::ECS::Service", stack.Status);
            }
        }
    }

    /// <summary>Advances the operation as far as its services allow.</summary>
    public void GoOn(TestStack stack)
    {
        if (stack.IsCancelled)
        {
            stack.IsCancelled = false;
            stack.Plan = stack.Before!;
            Apply(stack, stack.Plan);
            return;
        }

        var nested = stacks.Stacks.Where(each => each.ParentId == stack.Id).ToList();
        if (nested.Exists(each => each.IsInProgress))
        {
            return;
        }

        if (
            stack.Status == "UPDATE_IN_PROGRESS"
            && nested.Find(each => each.UpdatedAt >= stack.UpdatedAt && each.Status == "UPDATE_ROLLBACK_COMPLETE")
                is { } failed
        )
        {
            Say(stack, "UPDATE_ROLLBACK_IN_PROGRESS", $"Embedded stack {failed.Id} was not successfully updated.");
            stack.Plan = stack.Before!;
        }

        var services = stack
            .Plan.Services.Keys.Select(id =>
                (id, service: ecs.Services.Find(each => each.Arn == stack.Parts[id].PhysicalId))
            )
            .ToList();
        var isTakingBack = stack.Status.Contains("ROLLBACK", StringComparison.Ordinal);
        var broken = services.Find(each =>
            each.service is { Current: { RollbackAt: not null } or { Status: "STOPPED" } }
            && stack.Parts[each.id].Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
        );
        if (broken.service is not null && !isTakingBack)
        {
            TakeBack(stack, broken.id, broken.service, "ECS Deployment Circuit Breaker was triggered");
            return;
        }

        if (services.Find(each => each.service is { IsStable: false }) is { service: { } unsteady } waited)
        {
            if (ecs.Now - stack.SaidAt >= Patience)
            {
                GiveUp(stack, waited.id, unsteady, isTakingBack);
            }

            return;
        }

        foreach (var (id, service) in services)
        {
            if (service is not null && stack.Parts[id].Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
            {
                Part(stack, id, service.Arn, "AWS::ECS::Service", Done(stack));
            }
        }

        if (!isTakingBack && stack.Plan.HasRecord)
        {
            stacks.Parameters.Write(stack.Plan, ecs.Now);
        }

        Say(stack, isTakingBack ? "UPDATE_ROLLBACK_COMPLETE" : Done(stack), "");
        if (!isTakingBack && stack.Before is not null)
        {
            (var done, stacks.WhenDone) = (stacks.WhenDone, null);
            done?.Invoke();
        }

        foreach (var definition in ecs.Definitions.Where(each => IsLeft(stack, each)))
        {
            definition.IsActive = false;
        }
    }

    /// <summary>A service that never becomes steady fails the operation, and a rollback as well.</summary>
    private void GiveUp(TestStack stack, string id, EcsService service, bool isTakingBack)
    {
        if (!isTakingBack)
        {
            TakeBack(stack, id, service, "Exceeded attempts to wait");
            return;
        }

        Part(stack, id, service.Arn, "AWS::ECS::Service", "UPDATE_FAILED", "Exceeded attempts to wait");
        Say(stack, "UPDATE_ROLLBACK_FAILED", $"The following resource(s) failed to update: [{id}].");
    }

    private void TakeBack(TestStack stack, string id, EcsService service, string trouble)
    {
        var reason =
            $"Resource handler returned message: \"Error occurred during operation '{trouble}'.\" ({service.Name})";
        Part(stack, id, service.Arn, "AWS::ECS::Service", "UPDATE_FAILED", reason);
        if (stack.Before is not { } before)
        {
            Say(stack, "ROLLBACK_IN_PROGRESS", $"The following resource(s) failed to create: [{id}].");
            Say(stack, "ROLLBACK_COMPLETE", "");
            return;
        }

        Say(stack, "UPDATE_ROLLBACK_IN_PROGRESS", $"The following resource(s) failed to update: [{id}].");
        if (stacks.FailsToTakeBack)
        {
            stacks.FailsToTakeBack = false;
            Say(stack, "UPDATE_ROLLBACK_FAILED", $"The following resource(s) failed to update: [{id}].");
            return;
        }

        stack.Plan = before;
        Apply(stack, before);
    }

    private void Part(
        TestStack stack,
        string logicalId,
        string physicalId,
        string type,
        string status,
        string reason = ""
    )
    {
        stack.Parts[logicalId] = new StackPart(physicalId, type, status, ecs.Now);
        stack.Happen(ecs.Now, count, logicalId, new StackPart(physicalId, type, status, ecs.Now), reason);
    }

    private void Say(TestStack stack, string status, string reason)
    {
        stack.Status = status;
        stack.SaidAt = ecs.Now;
        stack.StatusReason = reason == "User Initiated" ? "" : reason;
        stack.Happen(
            ecs.Now,
            count,
            stack.Name,
            new StackPart(stack.Id, "AWS::CloudFormation::Stack", status, ecs.Now),
            reason
        );
    }

    /// <summary>CloudFormation deregisters what an update replaced (aws-cdk#24372).</summary>
    private bool IsLeft(TestStack stack, EcsTaskDefinition definition) =>
        stack.Plan.Services.Keys.Any(id => definition.Family == $"{stack.Name}{id}")
        && !stack.Parts.Values.Any(part => part.PhysicalId == definition.Arn);

    private static string Done(TestStack stack) => stack.Before is null ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";

    private static void Set(EcsService service, ServicePlan plan, TestStack stack)
    {
        service.HasBreaker = service.RollsBack = plan.HasBreaker;
        service.Controller = plan.Controller;
        service.Strategy = plan.Strategy;
        service.BakeTime = plan.BakeTime;
        service.Alarms.Clear();
        service.Alarms.AddRange(plan.Alarms);
        service.Tags["aws:cloudformation:stack-id"] = stack.Id;
        service.Tags["aws:cloudformation:stack-name"] = stack.Name;
    }

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.GetValueOrDefault(pair.Key) == pair.Value);
}
