using Lading.Apps;
using Lading.Checking.Templates;
using Lading.Records;
using Lading.Registries;
using Lading.Shipping;

namespace Lading.Checking;

/// <summary>Checks the images of templates and lock against their registries, and gives a verdict on each.</summary>
internal sealed class CheckRun(Workspace workspace)
{
    /// <summary>Checks.</summary>
    /// <exception cref="LadingException">A lock cannot be read, or belongs to another environment.</exception>
    public async Task<CheckReport> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var project = workspace.Project;
        var locks = new CheckedLocks(project, request.Lock);
        var own = request.Stacks is null ? locks.Get(project.Environment) : locks.Find(project.Environment);
        var revisions = (own?.Images.Values.Select(image => image.Revision) ?? []).OfType<string>();
        var reading = new ConcurrentWork<HeadImages>(
            token => HeadImages.ReadAsync(project.Folder, request.Source, workspace.Path, revisions, token),
            cancellationToken
        );
        await using var ended = reading.ConfigureAwait(false);
        var leaving = new ConcurrentWork<DeployedRecords>(
            token => workspace.Registries.ReadRecordsAsync(project.Environment, token),
            cancellationToken
        );
        await using var alsoEnded = leaving.ConfigureAwait(false);
        var stacks = request.Stacks ?? [];
        var images = new CheckSubjects(project.Configuration, project.Environment, locks.Find).List(
            stacks.SelectMany(stack => TemplateImages.Of(stack.Stack), ValueTuple.Create)
        );
        var evidence = await new EvidenceCollector(project.Configuration, workspace.Registries)
            .CollectAsync(images, cancellationToken)
            .ConfigureAwait(false);
        var head = await reading.Result.ConfigureAwait(false);
        var left = new RolledBackImages(await leaving.Result.ConfigureAwait(false));
        var rules = new CheckRules(head, left, request.Redeploys);
        return new CheckReport(
            project.Environment.Name,
            HasTemplates: request.Stacks is not null,
            HasLock: own is not null,
            [.. images.Zip(evidence, (image, seen) => new CheckResult(image, seen, rules.Of(image, seen)))],
            [.. head.UnpinnedBases.Where(each => images.Any(image => image.Image == each.Image))],
            head.Subjects
        )
        {
            Others = request.Others,
            Unread = [.. UnreadResource.Of(stacks.Select(each => each.Stack))],
            UnreadRecords = left.Unread,
        };
    }
}
