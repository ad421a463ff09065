namespace Lading.Tests.Retention.Model;

/// <summary>What people, pipelines and AWS do, one step at a time.</summary>
internal sealed class ModelSteps(ModelWorld world, Random random, ModelBug bug, ModelTally tally)
{
    private readonly List<IModelWork> works = [];
    private readonly List<ModelPrune> prunes = [];
    private readonly ModelPeople people = new(world, random, tally);
    private readonly ModelStackSteps stacks = new(world, random, tally);

    public void Take()
    {
        // A batch takes seconds: enough for calls of others, but not for new decisions.
        if (prunes.Exists(prune => prune.IsActing))
        {
            AdvanceAny();
            return;
        }

        if (works.Count + prunes.Count > 0 && random.Next(3) > 0)
        {
            AdvanceAny();
            return;
        }

        switch (random.Next(41))
        {
            case < 5:
                Commit();
                break;
            case 5:
                GoBackInGit();
                break;
            case 6 when world.Branches.Count > 0:
                world.Branches.Remove(Any(world.Branches.Keys.ToList()));
                tally.Count(ModelEvent.BranchDeletion);
                break;
            case 7 or 8:
                Promote();
                break;
            case 9 or 10 or 11:
                stacks.Deploy();
                break;
            case 12 or 13 or 14 or 15:
                stacks.Finish();
                break;
            case 16:
                stacks.RollBack();
                break;
            case 17:
                stacks.EditByHand();
                break;
            case 18:
                stacks.ChangeFunctions();
                break;
            case 19:
                stacks.Schedule();
                break;
            case 20:
                people.PullOrTag();
                break;
            case 21:
                people.Sign();
                break;
            case 22:
                people.Archive();
                break;
            case 23:
                people.KeepByName();
                break;
            case 24 or 25 or 26 when prunes.Count < 2:
                prunes.Add(new ModelPrune(world, random, bug, tally));
                break;
            case 27:
                stacks.SubmitJob();
                break;
            case 28:
                stacks.Pin();
                break;
            case 29:
                people.HoldBack();
                break;
            case 30:
                people.Invite();
                break;
            case 31:
                DeployOfOthers();
                break;
            default:
                Wait();
                break;
        }
    }

    private T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>Usually an image marked for deletion, since those are the interesting ones.</summary>
    private Content? AnyOf(IReadOnlyList<Content> contents, ModelRepository repository)
    {
        var marked = contents.Where(content => repository.Find(content) is { } held && held.IsMarked).ToList();
        return marked.Count > 0 && random.Next(4) > 0 ? Any(marked)
            : contents.Count > 0 ? Any(contents)
            : null;
    }

    private void AdvanceAny()
    {
        var acting = prunes.Find(prune => prune.IsActing);
        if (works.Count > 0 && (prunes.Count == 0 || random.Next(4) > 0))
        {
            var work = Any(works);
            var adopted = tally[ModelEvent.Adoption];
            work.Advance();
            if (prunes.Count > 0 && tally[ModelEvent.Adoption] > adopted)
            {
                tally.Count(ModelEvent.AdoptionDuringCleanUp);
            }

            works.RemoveAll(each => each.IsDone);
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
        works.Add(new ModelPublish(world, world.Dev, content, statement, bug, tally));
        tally.Count(ModelEvent.Build);
    }

    /// <summary>
    /// An index for two platforms. One manifest may be that of an earlier index, since builds are reproducible.
    /// </summary>
    private Content NewIndex()
    {
        var before = world.Published.Where(content => content.Children.Count > 0).ToList();
        var first = before.Count > 0 && random.Next(2) == 0 ? Any(before).Children[0] : world.NewContent();
        tally.Count(ModelEvent.BuildOfIndex);
        return world.NewContent(children: [first, world.NewContent()]);
    }

    private void GoBackInGit()
    {
        if (AnyOf(world.Published, world.Dev) is { } content)
        {
            world.Branches[random.Next(3)] = content;
            works.Add(new ModelPublish(world, world.Dev, content, null, bug, tally));
            tally.Count(ModelEvent.BranchReset);
        }
    }

    private void Promote()
    {
        var there = world.Published.Where(content => content.Whole.All(world.Dev.Has)).ToList();
        if (AnyOf(there, world.Prod) is { } content)
        {
            works.Add(new ModelPublish(world, world.Prod, content, null, bug, tally));
            tally.Count(ModelEvent.Promotion);
        }
    }

    /// <summary>Deploys a template with an image that this deployment does not publish.</summary>
    private void DeployOfOthers()
    {
        var stack = Any(world.Stacks);
        if (world.AnyIn(random, stack.Repository) is { } content)
        {
            works.Add(new ModelDeployment(world, stack, content, bug, tally));
            tally.Count(ModelEvent.DeploymentOfOthers);
        }
    }

    private void Wait()
    {
        if (random.Next(2) == 0)
        {
            world.Guest = null;
        }

        // Publishing takes minutes, and a clean-up run an hour at most.
        world.Now +=
            works.Count > 0 || prunes.Count > 0
                ? TimeSpan.FromMinutes(random.Next(1, 10))
                : TimeSpan.FromHours(random.Next(6, 72));
    }
}
