using Lading.Configuration;
using Lading.Retention;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// Accounts with registries, stacks and functions, and the people who work with them. The world knows what is in use.
/// </summary>
internal sealed class ModelWorld
{
    /// <summary>How long a stopped task still shows what it ran.</summary>
    public static readonly TimeSpan StoppedFor = TimeSpan.FromHours(1);

    private int contents;

    public ModelWorld(Random random)
    {
        Dev = new ModelRepository(Stored.Host);
        Prod = new ModelRepository(Stored.OtherHost);
        Repositories = [Dev, Prod];
        Stacks =
        [
            new ModelStack("dev", "Shop-dev", Dev, hasRecord: true),
            new ModelStack("dev", "Jobs-dev", Dev, hasRecord: false),
            new ModelStack("prod", "Shop-prod", Prod, hasRecord: true),
        ];
        Policy = new RetentionPolicy
        {
            Releases = random.Next(1, 4),
            Recent = TimeSpan.FromDays(random.Next(0, 5)),
            Pulled = TimeSpan.FromDays(random.Next(0, 5)),
            Grace = TimeSpan.FromDays(random.Next(2, 5)),
            Keep = ["v*"],
        };
        BeginWithAPast();
    }

    public DateTimeOffset Now { get; set; } = Stored.Now;

    public RetentionPolicy Policy { get; set; }

    public ModelRepository Dev { get; }

    public ModelRepository Prod { get; }

    public IReadOnlyList<ModelRepository> Repositories { get; }

    public IReadOnlyList<ModelStack> Stacks { get; }

    /// <summary>What the tips of branches need, by the number of the branch.</summary>
    public SortedDictionary<int, Content> Branches { get; } = [];

    /// <summary>Versions of functions; callers may still use each of them.</summary>
    public List<(ModelRepository Repository, Content Content)> FunctionVersions { get; } = [];

    /// <summary>Jobs that wait in a queue, and whose definitions are inactive.</summary>
    public List<(ModelRepository Repository, Content Content)> Jobs { get; } = [];

    /// <summary>The pins of committed locks.</summary>
    public List<(ModelRepository Repository, Content Content)> Pins { get; } = [];

    /// <summary>What runs in an account that the registry's policy admits and nobody asked; null for nothing.</summary>
    public (ModelRepository Repository, Content Content)? Guest { get; set; }

    /// <summary>What an image is held back to in the configuration; null for nothing.</summary>
    public Content? HeldBack { get; set; }

    /// <summary>Locks that somebody is about to deploy.</summary>
    public List<ModelLock> Locks { get; } = [];

    /// <summary>The day of the first mark, for the bug that shares one mark among all images.</summary>
    public DateOnly? SharedMark { get; set; }

    /// <summary>All that was ever published.</summary>
    public List<Content> Published { get; } = [];

    /// <summary>
    /// A lock must be deployed within the grace period of a mark that was put while the lock was written.
    /// </summary>
    public TimeSpan LockLife => Policy.Grace - TimeSpan.FromDays(1);

    public ModelRepository RepositoryAt(string host) => host == Dev.Host ? Dev : Prod;

    public Content NewContent(IReadOnlyList<Content>? children = null, Content? subject = null) =>
        new(contents++) { Children = children ?? [], Subject = subject };

    /// <summary>
    /// An image that could come into use now; a marked one more often than by chance, since clean-up may go wrong there.
    /// </summary>
    public Content? AnyIn(Random random, ModelRepository repository)
    {
        var held = repository.Images.Where(image => !image.IsArchived && image.Content.Subject is null).ToList();
        var marked = held.Where(image => image.IsMarked).ToList();
        var chosen = marked.Count > 0 && random.Next(3) == 0 ? marked : held;
        return chosen.Count > 0 ? chosen[random.Next(chosen.Count)].Content : null;
    }

    /// <summary>What must stay, and why: computed from the true state, without any of the rules under test.</summary>
    /// <param name="withLocks">
    /// Whether locks count. Nobody can see them: what they name may be marked, but not deleted.
    /// </param>
    public IEnumerable<ModelUse> InUse(bool withLocks = true)
    {
        foreach (var use in InUseItself(withLocks))
        {
            yield return use;
            // A promoted image stays in its origin as well.
            if (use.Repository == Prod && Dev.Has(use.Content))
            {
                yield return use with
                {
                    Repository = Dev,
                    IsPromoted = true,
                };
            }
        }
    }

    /// <summary>Two months of publishing and deploying, so that short histories have much to delete.</summary>
    private void BeginWithAPast()
    {
        var begin = Now.AddDays(-60);
        for (var i = 0; i < 7; i++)
        {
            var at = begin.AddDays(i * 5);
            var content = i % 3 == 0 ? NewContent(children: [NewContent(), NewContent()]) : NewContent();
            Published.Add(content);
            Dev.Put(content, at, content.SourceTag);
            Dev.Put(NewContent(subject: content), at, null);
            Stacks[i % 2].Versions.Add(new ModelVersion(content, at, IsRelease: true));
            Stacks[i % 2].Deployed = Stacks[i % 2].Running = content;
            Branches[i % 2] = content;
            if (i % 2 == 0)
            {
                Prod.Put(content, at, content.SourceTag);
                Stacks[2].Versions.Add(new ModelVersion(content, at, IsRelease: true));
                Stacks[2].Deployed = Stacks[2].Running = content;
            }
        }
    }

    private IEnumerable<ModelUse> InUseItself(bool withLocks)
    {
        foreach (var stack in Stacks)
        {
            foreach (var use in stack.Uses(Policy, Now))
            {
                yield return use;
            }
        }

        foreach (var (repository, content) in FunctionVersions)
        {
            yield return new(repository, content, "version of a function");
        }

        foreach (var (repository, content) in Jobs)
        {
            yield return new(repository, content, "named by a job that waits");
        }

        foreach (var (repository, content) in Pins)
        {
            yield return new(repository, content, "pinned by a committed lock");
        }

        if (Guest is { } guest)
        {
            yield return new(guest.Repository, guest.Content, "running in an account that nobody asked");
        }

        if (HeldBack is { } back && Dev.FindTag(back.SourceTag) is not null)
        {
            yield return new(Dev, back, "held back");
        }

        foreach (var (_, content) in Branches)
        {
            // A branch does not find an image without its source tag; it is pushed again.
            if (Dev.FindTag(content.SourceTag) is not null)
            {
                yield return new(Dev, content, "tip of a branch");
            }
        }

        foreach (var each in Locks)
        {
            if (withLocks && Now - each.At < LockLife)
            {
                yield return new(each.Repository, each.Content, "in a lock that is about to be deployed");
            }
        }

        foreach (var repository in Repositories)
        {
            foreach (var held in repository.Images)
            {
                if (held.IsOfPeople || (held.PulledAt is { } pulled && Now - pulled < Policy.Pulled))
                {
                    yield return new(repository, held.Content, "pulled, tagged by people, or not Lading's");
                }
            }
        }

        var today = UtcDay.Of(Now);
        foreach (var kept in Policy.Kept)
        {
            foreach (var repository in Repositories)
            {
                if (kept.Until >= today && repository.Find(kept.Digest) is { } held)
                {
                    yield return new(repository, held.Content, "kept by name");
                }
            }
        }
    }
}

/// <summary>A lock, and the repository of its images.</summary>
internal sealed record ModelLock(ModelRepository Repository, Content Content, DateTimeOffset At);
