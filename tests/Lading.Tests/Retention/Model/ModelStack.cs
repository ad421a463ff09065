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

    /// <summary>The last releases, each content once, and those that were current within the time of the policy.</summary>
    public IEnumerable<Content> ReleasesToGoBackTo(RetentionPolicy policy, DateTimeOffset now)
    {
        var releases = HasRecord ? Versions.Where(version => version.IsRelease).Reverse().ToList() : [];
        var last = releases.Select(release => release.Content).Distinct().Take(policy.Releases);
        var recent = releases.Where((_, i) => i == 0 || now - releases[i - 1].At < policy.Recent);
        return last.Concat(recent.Select(release => release.Content));
    }
}

/// <summary>A version of a record.</summary>
/// <param name="Content">What it pins.</param>
/// <param name="At">When it was written.</param>
/// <param name="IsRelease">Whether that update succeeded.</param>
internal sealed record ModelVersion(Content Content, DateTimeOffset At, bool IsRelease);
