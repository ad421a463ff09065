namespace Lading.Tests.Retention.Model;

/// <summary>Events of stacks, services and functions.</summary>
internal sealed class ModelStackSteps(ModelWorld world, Random random, ModelTally tally)
{
    public void Deploy()
    {
        var stack = Any(world.Stacks);
        var locks = world
            .Locks.Where(each => each.Repository == stack.Repository && world.Now - each.At < world.LockLife)
            .ToList();
        if (stack.Updating is not null || locks.Count == 0)
        {
            return;
        }

        if (random.Next(3) == 0)
        {
            stack.Pending = Any(locks).Content;
            tally.Count(ModelEvent.ChangeSet);
            return;
        }

        Begin(stack, Any(locks).Content);
    }

    private static void Begin(ModelStack stack, Content content)
    {
        stack.Updating = content;
        stack.Pending = null;
    }

    /// <summary>
    /// Finishes an update, executes or drops a pending change set, or ends the watching of a deployment.
    /// </summary>
    public void Finish()
    {
        var stack = Any(world.Stacks);
        if (stack.Updating is { } update)
        {
            // A failed update returns to what was deployed before, and starts that again.
            if (random.Next(3) > 0)
            {
                stack.Deployed = update;
                stack.Versions.Add(new ModelVersion(update, world.Now, IsRelease: true));
                tally.Count(ModelEvent.Deployment);
            }
            else if (stack.Deployed is { } before)
            {
                tally.Count(ModelEvent.FailedUpdate);
                // The two may have the same time.
                stack.Versions.Add(new ModelVersion(update, world.Now, IsRelease: false));
                stack.Versions.Add(new ModelVersion(before, world.Now, IsRelease: false));
            }

            stack.Updating = null;
            stack.Run(random.Next(6) == 0 ? null : stack.Deployed, world.Now);
        }
        else if (stack.Pending is { } pending)
        {
            stack.Pending = null;
            stack.Updating = random.Next(3) > 0 ? pending : null;
        }
        else
        {
            stack.GoingBackTo = null;
        }
    }

    public void RollBack()
    {
        var stack = Any(world.Stacks);
        var releases = stack.ReleasesToGoBackTo(world.Policy, world.Now);
        if (stack.Updating is null && releases.Count > 0)
        {
            var content = Any(releases);
            if (!content.Whole.All(stack.Repository.Has))
            {
                throw new UnsafeActException($"{content.Id} is gone, and {stack.Name} is to go back to it");
            }

            Begin(stack, content);
            tally.Count(ModelEvent.Rollback);
        }
    }

    /// <summary>
    /// Somebody updates the service to any image in the registry; the ECS deployment may still roll back.
    /// </summary>
    public void EditByHand()
    {
        var stack = Any(world.Stacks);
        if (world.AnyIn(random, stack.Repository) is { } content)
        {
            tally.Count(ModelEvent.HandEdit);
            stack.GoingBackTo = stack.Running;
            stack.Run(random.Next(4) == 0 ? null : content, world.Now);
        }
    }

    public void ChangeFunctions()
    {
        if (world.FunctionVersions.Count > 3)
        {
            world.FunctionVersions.RemoveAt(random.Next(world.FunctionVersions.Count));
            tally.Count(ModelEvent.FunctionChange);
        }
        else if (Any(world.Repositories) is var repository && world.AnyIn(random, repository) is { } content)
        {
            world.FunctionVersions.Add((repository, content));
            tally.Count(ModelEvent.FunctionChange);
        }
    }

    public void Schedule()
    {
        var stack = Any(world.Stacks);
        stack.Scheduled = stack.Scheduled is null ? world.AnyIn(random, stack.Repository) : null;
        tally.Count(ModelEvent.ScheduleChange);
    }

    /// <summary>Somebody submits a job whose definition is replaced while it waits, or a job ends.</summary>
    public void SubmitJob() => AddOrRemove(world.Jobs, ModelEvent.JobChange);

    /// <summary>Somebody commits a lock, or drops one.</summary>
    public void Pin() => AddOrRemove(world.Pins, ModelEvent.Pin);

    private void AddOrRemove(List<(ModelRepository Repository, Content Content)> used, ModelEvent happened)
    {
        tally.Count(happened);
        if (used.Count > 0)
        {
            used.RemoveAt(random.Next(used.Count));
        }
        else if (Any(world.Repositories) is var repository && world.AnyIn(random, repository) is { } content)
        {
            used.Add((repository, content));
        }
    }

    private T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
