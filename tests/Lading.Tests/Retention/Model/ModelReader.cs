using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>Reads evidence from the world as it would from AWS: references have many forms, and calls fail.</summary>
internal sealed class ModelReader(ModelWorld world, Random random, ModelBug bug, ModelTally tally)
{
    private const double FailureRate = 0.01;

    private static readonly RepositoryName Web = Stored.Web;

    private readonly List<ImageUse> uses = [];
    private readonly List<RepositoryHold> holds = [];
    private readonly List<StackRelease> releases = [];

    public RetentionEvidence Read()
    {
        uses.Clear();
        holds.Clear();
        releases.Clear();
        foreach (var stack in world.Stacks)
        {
            var host = stack.Repository.Host;
            Try("tasks", host, () => ReadTasks(stack));
            Try("deployments", host, () => Add(stack.Repository, stack.GoingBackTo, UseKind.Deploying));
            Try("templates", host, () => ReadTemplate(stack));
            Try("change sets", host, () => Add(stack.Repository, stack.Pending, UseKind.ChangeSet));
            Try("schedules", host, () => Add(stack.Repository, stack.Scheduled, UseKind.OtherWorkload));
            Try("records", host, () => ReadRecords(stack));
        }

        foreach (var repository in world.Repositories)
        {
            Try("functions", repository.Host, () => ReadFunctions(repository));
            Try("queued jobs", repository.Host, () => Add(repository, world.Jobs, UseKind.OtherWorkload));
            Try("committed locks", repository.Host, () => Add(repository, world.Pins, UseKind.Lock));
            Try("registry policy", repository.Host, () => ReadPolicy(repository));
        }

        Try("branches", Stored.Host, () => AddFound(world.Branches.Values, UseKind.Revision));
        Try("holds", Stored.Host, () => AddFound(world.HeldBack is { } held ? [held] : [], UseKind.Hold));
        return bug.Evidence(
            new RetentionEvidence
            {
                ReadAt = world.Now,
                Repositories = [.. world.Repositories.Select(List).OfType<StoredRepository>()],
                Uses = [.. uses],
                Releases = [.. releases],
                Promotions = [new PromotionPath(Stored.Host, Stored.OtherHost, "prod")],
                Holds = [.. holds],
            }
        );
    }

    /// <summary>A failed call leaves a hold, and its answer stays unknown.</summary>
    private void Try(string what, string host, Action read)
    {
        if (bug.Unread == what)
        {
            return;
        }

        if (!Fails())
        {
            read();
        }
        else if (!bug.TakesFailuresForNothing)
        {
            holds.Add(new RepositoryHold(host, null, what, "", null));
        }
    }

    private bool Fails()
    {
        var fails = random.NextDouble() < FailureRate;
        if (fails)
        {
            tally.Count(ModelEvent.FailedCall);
        }

        return fails;
    }

    private StoredRepository? List(ModelRepository repository)
    {
        if (Fails())
        {
            holds.Add(new RepositoryHold(repository.Host, null, "images", "", null));
            return null;
        }

        var images = new List<StoredImage>();
        foreach (var held in repository.Images)
        {
            // Reading the manifest of an index may fail.
            images.Add(held.Content.Children.Count > 0 && Fails() ? held.Stored with { Children = null } : held.Stored);
        }

        return Stored.RepositoryAt(repository.Host, [.. images]);
    }

    private void ReadTasks(ModelStack stack)
    {
        // ECS may report the manifest for the task's platform instead of the index in the task definition.
        var running = stack.Running;
        Add(
            stack.Repository,
            running is { Children.Count: > 0 } && random.Next(3) == 0
                ? running.Children[random.Next(running.Children.Count)]
                : running,
            UseKind.Running
        );
        if (
            bug.Unread != "stopped tasks"
            && stack.Stopped is { } stopped
            && world.Now - stopped.At < ModelWorld.StoppedFor
        )
        {
            Add(stack.Repository, stopped.Content, UseKind.Running);
        }
    }

    private void ReadTemplate(ModelStack stack)
    {
        Add(stack.Repository, stack.Updating ?? stack.Deployed, UseKind.Template);
        if (stack.Updating is not null && bug.Unread != "updates under way")
        {
            // No API returns the template that a rollback of the stack would restore.
            holds.Add(new RepositoryHold(stack.Repository.Host, Web, "an update is under way", "", null));
        }
    }

    private void ReadRecords(ModelStack stack)
    {
        for (var i = 0; stack.HasRecord && i < stack.Versions.Count; i++)
        {
            var (content, at, _) = stack.Versions[i];
            releases.Add(
                new StackRelease(
                    stack.Environment,
                    stack.Name,
                    i + 1,
                    at,
                    [Name(stack.Repository, content)],
                    Stored.Source
                )
            );
        }
    }

    private void ReadFunctions(ModelRepository repository)
    {
        var versions = world.FunctionVersions.Where(version => version.Repository == repository).ToList();
        Add(repository, bug.Unread == "earlier versions" ? versions.TakeLast(1) : versions, UseKind.OtherWorkload);
    }

    /// <summary>An account that may pull and was not asked holds what it may pull.</summary>
    private void ReadPolicy(ModelRepository repository)
    {
        if (world.Guest?.Repository == repository)
        {
            holds.Add(new RepositoryHold(repository.Host, Web, "an account that nobody asked may pull", "", null));
        }
    }

    /// <summary>What commits need is found by source tag.</summary>
    private void AddFound(IEnumerable<Content> contents, UseKind kind)
    {
        foreach (var content in contents)
        {
            uses.Add(new ImageUse(kind, content.BySourceTag, "needed by a commit", Stored.Source));
        }
    }

    private void Add(
        ModelRepository repository,
        IEnumerable<(ModelRepository Repository, Content Content)> used,
        UseKind kind
    )
    {
        foreach (var (_, content) in used.Where(each => each.Repository == repository))
        {
            Add(repository, content, kind);
        }
    }

    private void Add(ModelRepository repository, Content? content, UseKind kind)
    {
        if (content is not null)
        {
            uses.Add(new ImageUse(kind, Name(repository, content), "used", Stored.Source));
        }
    }

    /// <summary>A reference to an image, in one of the forms in which it may be written.</summary>
    private UsedImage Name(ModelRepository repository, Content content)
    {
        var form = random.Next(WrittenReferences.Forms);
        var (image, host) = WrittenReferences.Of(repository.Host, content, form);
        return bug.Name(image, host, form);
    }
}
