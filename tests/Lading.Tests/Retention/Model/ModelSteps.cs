using System.Globalization;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>What people, pipelines and AWS do, one step at a time.</summary>
internal sealed class ModelSteps(ModelWorld world, Random random, ModelBug bug, ModelTally tally)
{
    private readonly List<ModelPublish> publishes = [];
    private readonly List<ModelPrune> prunes = [];
    private int tags;

    /// <summary>Takes a step.</summary>
    public void Take()
    {
        // While a batch is being worked on, seconds pass: time for the calls of others, not for a change of mind.
        if (prunes.Exists(prune => prune.IsActing))
        {
            AdvanceAny();
            return;
        }

        if (publishes.Count + prunes.Count > 0 && random.Next(3) > 0)
        {
            AdvanceAny();
            return;
        }

        switch (random.Next(36))
        {
            case < 5:
                Commit();
                break;
            case 5:
                GoBackInGit();
                break;
            case 6 when world.Branches.Count > 0:
                world.Branches.Remove(Any(world.Branches.Keys.ToList()));
                break;
            case 7 or 8:
                Promote();
                break;
            case 9 or 10 or 11:
                Deploy(Any(world.Stacks));
                break;
            case 12 or 13 or 14 or 15:
                Finish(Any(world.Stacks));
                break;
            case 16:
                RollBack(Any(world.Stacks));
                break;
            case 17:
                EditByHand(Any(world.Stacks));
                break;
            case 18:
                ChangeFunctions();
                break;
            case 19:
                Schedule(Any(world.Stacks));
                break;
            case 20:
                PullOrTag();
                break;
            case 21:
                Sign();
                break;
            case 22:
                Archive();
                break;
            case 23:
                KeepByName();
                break;
            case 24 or 25 or 26 when prunes.Count < 2:
                prunes.Add(new ModelPrune(world, random, bug, tally));
                break;
            default:
                Wait();
                break;
        }
    }

    private T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private Content? AnyIn(ModelRepository repository)
    {
        var held = repository.Images.Where(image => !image.IsArchived && image.Content.Subject is null).ToList();
        return held.Count == 0 ? null : Any(held).Content;
    }

    /// <summary>Mostly one that is marked for deletion, since those are worth a try.</summary>
    private Content? AnyOf(IReadOnlyList<Content> contents, ModelRepository repository)
    {
        var marked = contents
            .Where(content =>
                repository.Find(content) is { } held && DeletionMark.MarkedSince(content.Digest, held.Tags) is not null
            )
            .ToList();
        return marked.Count > 0 && random.Next(4) > 0 ? Any(marked)
            : contents.Count > 0 ? Any(contents)
            : null;
    }

    private void AdvanceAny()
    {
        var acting = prunes.Find(prune => prune.IsActing);
        if (publishes.Count > 0 && (prunes.Count == 0 || random.Next(2) == 0))
        {
            var publish = Any(publishes);
            publish.Advance();
            publishes.RemoveAll(each => each.IsDone);
        }
        else
        {
            (acting ?? Any(prunes)).Advance();
            prunes.RemoveAll(each => each.IsDone);
        }
    }

    private void Commit()
    {
        var content = random.Next(3) == 0 ? NewIndex() : world.NewContent();
        world.Branches[random.Next(3)] = content;
        var statement = random.Next(2) == 0 ? world.NewContent(subject: content) : null;
        publishes.Add(new ModelPublish(world, world.Dev, content, statement, bug));
    }

    /// <summary>An index of two platforms; one of them may be the same as before, since builds are reproducible.</summary>
    private Content NewIndex()
    {
        var before = world.Published.Where(content => content.Children.Count > 0).ToList();
        var first = before.Count > 0 && random.Next(2) == 0 ? Any(before).Children[0] : world.NewContent();
        return world.NewContent(children: [first, world.NewContent()]);
    }

    private void GoBackInGit()
    {
        if (AnyOf(world.Published, world.Dev) is { } content)
        {
            world.Branches[random.Next(3)] = content;
            publishes.Add(new ModelPublish(world, world.Dev, content, null, bug));
        }
    }

    private void Promote()
    {
        var there = world.Published.Where(content => content.Whole.All(world.Dev.Has)).ToList();
        if (AnyOf(there, world.Prod) is { } content)
        {
            publishes.Add(new ModelPublish(world, world.Prod, content, null, bug));
        }
    }

    private void Deploy(ModelStack stack)
    {
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
            return;
        }

        Begin(stack, Any(locks).Content);
    }

    private static void Begin(ModelStack stack, Content content)
    {
        stack.Updating = content;
        stack.Pending = null;
    }

    private void Finish(ModelStack stack)
    {
        if (stack.Updating is { } update)
        {
            // A failed update goes back to what was deployed before, and that starts again.
            if (random.Next(3) > 0)
            {
                stack.Deployed = update;
                stack.Versions.Add(new ModelVersion(update, world.Now, IsRelease: true));
                tally.Deployed++;
            }
            else if (stack.Deployed is { } before)
            {
                // Both may have the same time.
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

    private void RollBack(ModelStack stack)
    {
        var releases = stack.ReleasesToGoBackTo(world.Policy, world.Now).ToList();
        if (stack.Updating is null && releases.Count > 0)
        {
            var content = Any(releases);
            if (!content.Whole.All(stack.Repository.Has))
            {
                throw new UnsafeActException($"{content.Id} is gone, and {stack.Name} is to go back to it");
            }

            Begin(stack, content);
        }
    }

    /// <summary>Somebody updates the service to whatever is in the registry; a deployment of ECS can be gone back from.</summary>
    private void EditByHand(ModelStack stack)
    {
        if (AnyIn(stack.Repository) is { } content)
        {
            stack.GoingBackTo = stack.Running;
            stack.Run(random.Next(4) == 0 ? null : content, world.Now);
        }
    }

    private void ChangeFunctions()
    {
        if (world.FunctionVersions.Count > 3)
        {
            world.FunctionVersions.RemoveAt(random.Next(world.FunctionVersions.Count));
        }
        else if (Any(world.Repositories) is var repository && AnyIn(repository) is { } content)
        {
            world.FunctionVersions.Add((repository, content));
        }
    }

    private void Schedule(ModelStack stack) =>
        stack.Scheduled = stack.Scheduled is null ? AnyIn(stack.Repository) : null;

    private void PullOrTag()
    {
        var repository = Any(world.Repositories);
        if (AnyIn(repository) is not { } content)
        {
            return;
        }

        var number = (tags++).ToString(CultureInfo.InvariantCulture);
        switch (random.Next(4))
        {
            case 0:
                repository.Put(content, world.Now, "v" + number);
                break;
            case 1:
                // Somebody pushes an image of their own.
                repository.Put(world.NewContent(), world.Now, "x" + number);
                break;
            case 2 when repository.Find(content)!.Tags.Count > 1:
                // Somebody cleans up tags by hand.
                repository.RemoveTag(content.SourceTag);
                break;
            default:
                repository.Find(content)!.PulledAt = world.Now;
                break;
        }
    }

    private void Sign()
    {
        var repository = Any(world.Repositories);
        if (AnyIn(repository) is { } content)
        {
            var tag = random.Next(2) == 0 ? null : $"sha256-{content.Digest.Hex}.sig";
            if (tag is null || repository.FindTag(tag) is null)
            {
                repository.Put(world.NewContent(subject: content), world.Now, tag);
            }
        }
    }

    /// <summary>Somebody archives an image that nothing uses.</summary>
    private void Archive()
    {
        var repository = Any(world.Repositories);
        if (
            AnyIn(repository) is { Children.Count: 0 } content
            && !world.InUse().Any(use => use.Repository == repository && use.Content.Whole.Contains(content))
        )
        {
            repository.Find(content)!.IsArchived = true;
        }
    }

    private void KeepByName()
    {
        if (AnyIn(Any(world.Repositories)) is { } content)
        {
            var until = DeletionMark.DayOf(world.Now).AddDays(random.Next(10));
            world.Policy = world.Policy with
            {
                Kept = [.. world.Policy.Kept, new KeptImage(Stored.Web, content.Digest, until, "audit")],
            };
        }
    }

    private void Wait()
    {
        // Publishing takes minutes, a run of clean-up an hour at most.
        world.Now +=
            publishes.Count > 0 || prunes.Count > 0
                ? TimeSpan.FromMinutes(random.Next(1, 10))
                : TimeSpan.FromHours(random.Next(6, 72));
    }
}
