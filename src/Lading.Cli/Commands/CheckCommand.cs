using System.CommandLine;
using Lading.Checking;
using Lading.Checking.Templates;
using Lading.Cli.Output;

namespace Lading.Cli.Commands;

/// <summary><c>lading check</c>: says of every image that a deployment would run whether it is there and fits.</summary>
internal static class CheckCommand
{
    /// <summary>The exit code where something does not hold.</summary>
    private const int DoesNotHold = 3;

    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "check",
            "Proves that the images of the lock, and all that the templates of --app name, are there and fit. Exit code 3 where something does not hold."
        );
        var app = new Option<string?>("--app", "-a")
        {
            Description = "The folder that 'cdk synth' writes: check every container image of its templates.",
            HelpName = "cdk.out",
        };
        var path = new Option<string?>("--lock")
        {
            Description = "The lock to check; .lading/<env>.lock.json otherwise.",
            HelpName = "file",
        };
        command.Options.Add(app);
        command.Options.Add(path);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, invocation.Value(app), invocation.Value(path), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        string? app,
        string? lockPath,
        CancellationToken cancellationToken
    )
    {
        var project = await Project.FindAsync(invocation, cancellationToken).ConfigureAwait(false);
        var assembly = app is null ? null : CloudAssembly.Read(Path.GetFullPath(app, invocation.Host.WorkingDirectory));
        var locks = new CheckedLocks(project, lockPath, invocation.Host.WorkingDirectory);
        if (assembly is null)
        {
            locks.Get(project.Environment);
        }

        using var work = WorkFolder.Create(project, invocation.Host);
        var revisions = locks.Find(project.Environment)?.Images.Values.Select(image => image.Revision) ?? [];
        var reading = HeadReading.ReadAsync(project.Folder, work.Path, revisions.OfType<string>(), cancellationToken);
        using var registries = new Registries(project, invocation);
        var images = new CheckSubjects(
            project.Configuration,
            project.Environment,
            invocation.EnvironmentName is not null,
            locks.Find
        ).List(assembly is null ? [] : TemplateImages.Of(assembly));
        var evidence = await new EvidenceGathering(project.Configuration, registries.OpenAsync)
            .GatherAsync(images, cancellationToken)
            .ConfigureAwait(false);
        var head = await reading.ConfigureAwait(false);
        var judgement = new Judgement(head.Images);
        var report = new CheckReport(
            project.Environment.Name,
            HasTemplates: assembly is not null,
            HasLock: locks.Find(project.Environment) is not null,
            [.. images.Zip(evidence, (image, seen) => new CheckResult(image, seen, judgement.Of(image, seen)))],
            [.. head.Images.FloatingBases.Where(each => images.Any(image => image.Image == each.Image))],
            head.Subjects
        );
        Show(invocation, report);
        return report.Holds ? 0 : DoesNotHold;
    }

    private static void Show(Invocation invocation, CheckReport report)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(CheckJson.Of(report));
            return;
        }

        CheckScreen.Show(invocation.Terminal, report);
    }
}
