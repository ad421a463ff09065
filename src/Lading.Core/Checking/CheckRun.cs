using Lading.Apps;
using Lading.Checking.Templates;
using Lading.Records;
using Lading.Registries;
using Lading.Shipping;

namespace Lading.Checking;

/// <summary>
/// Checks the images in templates and the lock against their registries, and gives a verdict on each.
/// </summary>
internal sealed class CheckRun(Workspace workspace)
{
    /// <summary>Runs the check.</summary>
    /// <exception cref="LadingException">A lock cannot be read, or belongs to another environment.</exception>
    public async Task<CheckReport> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var project = workspace.Project;
        var locks = new CheckedLocks(project, request.Lock);
        var own = request.Stacks is null ? locks.Get(project.Environment) : locks.Find(project.Environment);
        var revisions = (own?.Images.Values.Select(image => image.Revision) ?? []).OfType<string>();
        var headWork = new ConcurrentWork<HeadImages>(
            token => HeadImages.ReadAsync(project.Folder, request.Source, workspace.Path, revisions, token),
            cancellationToken
        );
        await using var headScope = headWork.ConfigureAwait(false);
        var recordsWork = new ConcurrentWork<DeployedRecords>(
            token => workspace.Registries.ReadRecordsAsync(project.Environment, token),
            cancellationToken
        );
        await using var recordsScope = recordsWork.ConfigureAwait(false);
        var stacks = request.Stacks ?? [];
        var images = new CheckSubjects(project.Configuration, project.Environment, locks.Find).List(
            stacks.SelectMany(stack => TemplateImages.Of(stack.Stack), ValueTuple.Create)
        );
        var evidence = await new EvidenceCollector(project.Configuration, workspace.Registries)
            .CollectAsync(images, cancellationToken)
            .ConfigureAwait(false);
        var head = await headWork.Result.ConfigureAwait(false);
        var rolledBack = new RolledBackImages(await recordsWork.Result.ConfigureAwait(false));
        var rules = new CheckRules(head, rolledBack, request.Redeploys);
        return new CheckReport(
            project.Environment.Name,
            HasTemplates: request.Stacks is not null,
            HasLock: own is not null,
            [.. images.Zip(evidence, (image, answer) => new CheckResult(image, answer, rules.Of(image, answer)))],
            [.. head.UnpinnedBases.Where(each => images.Any(image => image.Image == each.Image))],
            head.Subjects
        )
        {
            Others = request.Others,
            Unread = [.. UnreadResource.Of(stacks.Select(each => each.Stack))],
            UnreadRecords = rolledBack.Unread,
        };
    }
}
