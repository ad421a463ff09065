using System.Collections.Concurrent;
using System.Globalization;
using Lading.Oci;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>Reads evidence from the world as from AWS: by references in many forms, and with calls that fail.</summary>
internal sealed class ModelReader(ModelWorld world, Random random, ModelBug bug)
{
    private const double FailureRate = 0.01;

    private static readonly ConcurrentDictionary<string, UsedImage> Parsed = new(StringComparer.Ordinal);
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
        }

        Try("branches", Stored.Host, ReadBranches);
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

    /// <summary>Calls that fail leave a hold, and what they would have told is unknown.</summary>
    private void Try(string what, string host, Action read)
    {
        if (bug.Unread == what)
        {
            return;
        }

        if (random.NextDouble() >= FailureRate)
        {
            read();
        }
        else if (!bug.TakesFailuresForNothing)
        {
            holds.Add(new RepositoryHold(host, null, what, "", null));
        }
    }

    private StoredRepository? List(ModelRepository repository)
    {
        if (random.NextDouble() < FailureRate)
        {
            holds.Add(new RepositoryHold(repository.Host, null, "images", "", null));
            return null;
        }

        return Stored.RepositoryAt(repository.Host, [.. repository.Images.Select(Read)]);
    }

    private StoredImage Read(HeldContent held) =>
        new()
        {
            Digest = held.Content.Digest,
            MediaType = held.Content.Children.Count > 0 ? MediaTypes.OciIndex : MediaTypes.OciManifest,
            Tags = [.. held.Tags],
            PushedAt = held.PushedAt,
            PulledAt = held.PulledAt,
            IsArchived = held.IsArchived,
            Subject = held.Tags.Exists(tag => tag.StartsWith("sha256-", StringComparison.Ordinal))
                ? null
                : held.Content.Subject?.Digest,
            Children =
                held.Content.Children.Count > 0 && random.NextDouble() < FailureRate
                    ? null
                    :
                    [
                        .. held.Content.Children.Select(child => new Descriptor
                        {
                            MediaType = MediaTypes.OciManifest,
                            Digest = child.Digest,
                            Size = 1,
                        }),
                    ],
        };

    private void ReadTasks(ModelStack stack)
    {
        // ECS may tell the manifest of a task's own platform instead of the index that its definition names.
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
            // No API returns the template that the stack would go back to.
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
        foreach (var (_, content) in bug.Unread == "earlier versions" ? versions.TakeLast(1) : versions)
        {
            Add(repository, content, UseKind.OtherWorkload);
        }
    }

    private void ReadBranches()
    {
        foreach (var content in world.Branches.Values)
        {
            var tag = new UsedImage(null, Web, Tag.Parse(content.SourceTag));
            uses.Add(new ImageUse(UseKind.Revision, tag, "needed by a branch", Stored.Source));
        }
    }

    private void Add(ModelRepository repository, Content? content, UseKind kind)
    {
        if (content is not null)
        {
            uses.Add(new ImageUse(kind, Name(repository, content), "used", Stored.Source));
        }
    }

    /// <summary>An image as somebody may have written it.</summary>
    private UsedImage Name(ModelRepository repository, Content content)
    {
        var form = random.Next(6);
        var account = repository.Host[..12];
        var host = form switch
        {
            0 => $"{account}.dkr.ecr-fips.eu-west-1.amazonaws.com",
            1 => $"{account}.dkr-ecr.eu-west-1.on.aws",
            _ => repository.Host,
        };
        var reference = form == 2 ? $"{host}/{Web}:latest@{content.Digest}" : $"{host}/{Web}@{content.Digest}";
        return bug.Name(
            Parsed.GetOrAdd(
                reference,
                static text =>
                    UsedImage.TryParse(text, out var image)
                        ? image
                        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{text}"))
            ),
            host,
            form
        );
    }
}
