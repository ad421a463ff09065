using Lading.Retention;

namespace Lading.Tests.Retention.Model;

/// <summary>A stack with one service, as its account has it.</summary>
internal sealed class ModelStack(string environment, string name, ModelRepository repository, bool hasRecord)
{
    public string Environment { get; } = environment;

    public string Name { get; } = name;

    /// <summary>Where its images are.</summary>
    public ModelRepository Repository { get; } = repository;

    /// <summary>Whether it keeps a record of its releases; not every app does.</summary>
    public bool HasRecord { get; } = hasRecord;

    /// <summary>The image of the last successful deployment, to which a failed update returns.</summary>
    public Content? Deployed { get; set; }

    /// <summary>The image of the update under way, whose template is the only one that can be read then.</summary>
    public Content? Updating { get; set; }

    /// <summary>The image in a change set that awaits approval.</summary>
    public Content? Pending { get; set; }

    /// <summary>The image of its tasks, whoever started them; null if it was scaled to zero.</summary>
    public Content? Running { get; set; }

    /// <summary>The image to which the service's deployment would roll back, while it is watched.</summary>
    public Content? GoingBackTo { get; set; }

    /// <summary>The image of the tasks that stopped last, and when they stopped.</summary>
    public (Content Content, DateTimeOffset At)? Stopped { get; set; }

    /// <summary>The image that a schedule starts, by an inactive task definition.</summary>
    public Content? Scheduled { get; set; }

    /// <summary>
    /// The versions of its record, newest last. An update that fails late writes one, and its rollback another.
    /// </summary>
    public List<ModelVersion> Versions { get; } = [];

    public void Run(Content? content, DateTimeOffset now)
    {
        Stopped = Running is { } before && before != content ? (before, now) : Stopped;
        Running = content;
    }

    /// <summary>All that it uses, or may use again.</summary>
    public IEnumerable<ModelUse> Uses(RetentionPolicy policy, DateTimeOffset now)
    {
        if (Deployed is { } deployed)
        {
            yield return new(Repository, deployed, "deployed by", Name);
        }

        if (Updating is { } updating)
        {
            yield return new(Repository, updating, "being deployed by", Name);
        }

        if (Pending is { } pending)
        {
            yield return new(Repository, pending, "in a change set of", Name);
        }

        if (Running is { } running)
        {
            yield return new(Repository, running, "running in", Name);
        }

        if (GoingBackTo is { } before)
        {
            yield return new(Repository, before, "gone back to by a deployment of", Name);
        }

        if (Scheduled is { } scheduled)
        {
            yield return new(Repository, scheduled, "scheduled in", Name);
        }

        if (Stopped is { } stopped && now - stopped.At < ModelWorld.StoppedFor)
        {
            yield return new(Repository, stopped.Content, "just stopped in", Name);
        }

        foreach (var content in ReleasesToGoBackTo(policy, now))
        {
            yield return new(Repository, content, "one may go back to, in", Name);
        }
    }

    /// <summary>The last releases, each content once, and those that were current within the policy's time.</summary>
    public IReadOnlyList<Content> ReleasesToGoBackTo(RetentionPolicy policy, DateTimeOffset now)
    {
        var last = new List<Content>();
        if (!HasRecord)
        {
            return last;
        }

        var recent = new List<Content>();
        ModelVersion? newer = null;
        for (var i = Versions.Count - 1; i >= 0; i--)
        {
            var version = Versions[i];
            if (!version.IsRelease)
            {
                continue;
            }

            if (last.Count < policy.Releases && !last.Contains(version.Content))
            {
                last.Add(version.Content);
            }

            if (newer is null || now - newer.At < policy.Recent)
            {
                recent.Add(version.Content);
            }

            newer = version;
        }

        last.AddRange(recent);
        return last;
    }
}

/// <summary>A version of a record.</summary>
/// <param name="Content">What it pins.</param>
/// <param name="At">The time it was written.</param>
/// <param name="IsRelease">Whether its update succeeded.</param>
internal sealed record ModelVersion(Content Content, DateTimeOffset At, bool IsRelease);
