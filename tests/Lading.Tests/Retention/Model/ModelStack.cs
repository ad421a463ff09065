using Lading.Retention;

namespace Lading.Tests.Retention.Model;

/// <summary>A stack with one service, as the accounts have it.</summary>
internal sealed class ModelStack(string environment, string name, ModelRepository repository, bool hasRecord)
{
    public string Environment { get; } = environment;

    public string Name { get; } = name;

    /// <summary>Where its images are.</summary>
    public ModelRepository Repository { get; } = repository;

    /// <summary>Whether it writes a record of its releases: not every app does.</summary>
    public bool HasRecord { get; } = hasRecord;

    /// <summary>What was deployed last, and is gone back to if an update fails.</summary>
    public Content? Deployed { get; set; }

    /// <summary>The update under way: its template is all that can be read then.</summary>
    public Content? Updating { get; set; }

    /// <summary>What a change set that waits for approval names.</summary>
    public Content? Pending { get; set; }

    /// <summary>What its tasks run, whoever started them; null if it was scaled to nothing.</summary>
    public Content? Running { get; set; }

    /// <summary>What a deployment of the service would go back to, while it is watched.</summary>
    public Content? GoingBackTo { get; set; }

    /// <summary>What its tasks ran that stopped last, and when.</summary>
    public (Content Content, DateTimeOffset At)? Stopped { get; set; }

    /// <summary>What a schedule starts, by a task definition that is no longer active.</summary>
    public Content? Scheduled { get; set; }

    /// <summary>What its record said, the newest last. An update that fails late writes a version, and its rollback another.</summary>
    public List<ModelVersion> Versions { get; } = [];

    public void Run(Content? content, DateTimeOffset now)
    {
        Stopped = Running is { } before && before != content ? (before, now) : Stopped;
        Running = content;
    }

    /// <summary>What it uses, or may use again.</summary>
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

    /// <summary>The last releases, each content once, and those that were current within the time of the policy.</summary>
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
/// <param name="At">When it was written.</param>
/// <param name="IsRelease">Whether that update succeeded.</param>
internal sealed record ModelVersion(Content Content, DateTimeOffset At, bool IsRelease);
