using Lading.Checking;
using Lading.Checking.Templates;
using Lading.Cli.Output;
using Lading.Fingerprints;

namespace Lading.Cli.Commands;

/// <summary>The way of <c>check</c>: what templates and lock name, what the registries say of it, a verdict on each.</summary>
internal static class CheckRun
{
    /// <summary>Checks.</summary>
    /// <param name="invocation">The run of the verb.</param>
    /// <param name="project">The project, in the environment that is checked.</param>
    /// <param name="stacks">The stacks whose templates are checked; null where the lock alone is.</param>
    /// <param name="locks">The locks.</param>
    /// <param name="isNamed">Whether the user named the environment.</param>
    /// <param name="source">What the lock is to be that of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<CheckReport> MakeAsync(
        Invocation invocation,
        Project project,
        IReadOnlyList<SynthesizedStack>? stacks,
        CheckedLocks locks,
        bool isNamed,
        SourcesRequest source,
        CancellationToken cancellationToken
    )
    {
        using var work = WorkFolder.Create(project, invocation.Host);
        var revisions = locks.Find(project.Environment)?.Images.Values.Select(image => image.Revision) ?? [];
        var reading = new ConcurrentWork<HeadReading>(
            token => HeadReading.ReadAsync(project.Folder, source, work.Path, revisions.OfType<string>(), token),
            cancellationToken
        );
        await using var ended = reading.ConfigureAwait(false);
        using var registries = new Registries(project, invocation);
        var images = new CheckSubjects(project.Configuration, project.Environment, isNamed, locks.Find).List(
            (stacks ?? []).SelectMany(TemplateImages.Of)
        );
        var evidence = await new EvidenceCollector(project.Configuration, registries.OpenAsync)
            .CollectAsync(images, cancellationToken)
            .ConfigureAwait(false);
        var head = await reading.Result.ConfigureAwait(false);
        var rules = new CheckRules(head.Images);
        return new CheckReport(
            project.Environment.Name,
            HasTemplates: stacks is not null,
            HasLock: locks.Find(project.Environment) is not null,
            [.. images.Zip(evidence, (image, seen) => new CheckResult(image, seen, rules.Of(image, seen)))],
            [.. head.Images.FloatingBases.Where(each => images.Any(image => image.Image == each.Image))],
            head.Subjects
        )
        {
            Unread = [.. UnreadResource.Of(stacks ?? [])],
        };
    }
}
