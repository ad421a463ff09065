using System.CommandLine;
using System.Text;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Configuration.Proposals;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Projects;

namespace Lading.Cli.Commands;

/// <summary><c>lading init</c>: writes a first <c>lading.json</c> from what it finds in the repository. Never overwrites one.</summary>
internal static class InitCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "init",
            "Finds Dockerfiles and the CDK app, and writes a first lading.json next to cdk.json."
        );
        var offline = new Option<bool>("--offline") { Description = "Ask no registry; do not pin bases yet." };
        var write = new Option<bool>("--write")
        {
            Description = "Apply the two changes to the app that 'init' shows: an import and the synthesizer.",
        };
        command.Options.Add(offline);
        command.Options.Add(write);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, invocation.Value(offline), invocation.Value(write), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        bool offline,
        bool write,
        CancellationToken cancellationToken
    )
    {
        var start = invocation.Host.WorkingDirectory;
        var repository = await GitRepository.FindAsync(start, cancellationToken).ConfigureAwait(false);
        var files = new TrackedFiles(
            await WorkingTreeFiles.ListAsync(repository, cancellationToken).ConfigureAwait(false)
        );
        var place = AppFolder.Find(files, repository.Prefix.TrimEnd('/'));
        var folder = Path.Combine(repository.Top, place);
        var project = ProposedNames.Clean(Path.GetFileName(repository.Top)) is { Length: > 0 } name ? name : "project";
        var proposals = ImageProposals.From(
            AppFolder.Own(files, place),
            path => LinkedFile.ReadWithin(repository.Top, path),
            project
        );
        var cdkFile = Path.Combine(folder, AppFolder.CdkFile);
        var app = File.Exists(cdkFile)
            ? CdkApp.Parse(await File.ReadAllBytesAsync(cdkFile, cancellationToken).ConfigureAwait(false))
            : null;
        var path = Path.Combine(folder, OwnFiles.Configuration);
        var display = Path.GetRelativePath(start, path).Replace('\\', '/');
        var isNew = !LinkedFile.Exists(path, display);
        if (isNew)
        {
            await WriteAsync(path, project, place, proposals, app, cancellationToken).ConfigureAwait(false);
        }

        var configuration = await new ConfigurationFile(path, display)
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
        var isIgnoring = await IgnoreDerivedAsync(repository.Git with { Folder = folder }, cancellationToken)
            .ConfigureAwait(false);
        await ConfigurationSchema.ProvideAsync(folder, cancellationToken).ConfigureAwait(false);
        var pins = await FirstPins
            .MakeAsync(invocation, folder, configuration, isAsking: isNew && !offline, cancellationToken)
            .ConfigureAwait(false);
        var edit = AppEdit.Find(
            app?.Language,
            AppFolder
                .Own(files, place)
                .Files.Where(file => place.Length == 0 || file.StartsWith(place + "/", StringComparison.Ordinal))
                .Select(file => place.Length == 0 ? file : file[(place.Length + 1)..]),
            file => ReadText(Path.Combine(folder, file))
        );
        if (write && edit is not null)
        {
            await WholeFile
                .WriteAsync(Path.Combine(folder, edit.Path), Encoding.UTF8.GetBytes(edit.Text), cancellationToken)
                .ConfigureAwait(false);
        }

        var outcome = new InitOutcome(display, isNew, place, configuration, app, proposals, isIgnoring, pins)
        {
            Edit = edit,
            IsEdited = write && edit is not null,
            Notes = await NotesAsync(invocation, folder, configuration, cancellationToken).ConfigureAwait(false),
            Sidecars = Sidecar.FindAll(Path.Combine(folder, "cdk.out"), configuration),
        };
        InitScreen.Show(invocation, outcome);
        return 0;
    }

    /// <summary>Reads the working tree, little of which may be committed yet. Errors in it are reported by the next verb.</summary>
    private static async Task<IReadOnlyList<BuildNote>> NotesAsync(
        Invocation invocation,
        string folder,
        LadingConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        var project = new ProjectFolder(folder, configuration);
        using var workspace = invocation.OpenWorkspace(
            new Project(project, configuration.GetEnvironment(EnvironmentDefinition.LocalName))
        );
        try
        {
            var sources = await ProjectSnapshot
                .OpenAsync(
                    project,
                    new SnapshotRequest([], Uncommitted: true) { IsForReading = true },
                    workspace.Path,
                    cancellationToken
                )
                .ConfigureAwait(false);
            await using (sources.ConfigureAwait(false))
            {
                return await BuildNotes.FindAsync(sources, sources.Images, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LadingException)
        {
            return [];
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(
        string path,
        string project,
        string place,
        ImageProposals proposals,
        CdkApp? app,
        CancellationToken cancellationToken
    )
    {
        if (app is null && proposals.Images.Count == 0)
        {
            throw LadingException.Usage(
                "Could not propose any images",
                "git knows neither a Dockerfile nor a cdk.json here",
                "Run 'lading init' where they are, or write lading.json by hand: { \"project\": \"…\", \"images\": { … } }."
            );
        }

        var draft = ConfigurationDraft.Format(project, place, proposals.Images);
        await WholeFile.WriteAsync(path, draft, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes git ignore generated files.</summary>
    /// <returns>False if it did already.</returns>
    private static async Task<bool> IgnoreDerivedAsync(GitProgram git, CancellationToken cancellationToken)
    {
        if (
            await WorkingTreeFiles
                .IsIgnoredAsync(git, $"{OwnFiles.Folder}/{ConfigurationSchema.FileName}", cancellationToken)
                .ConfigureAwait(false)
        )
        {
            return false;
        }

        var path = Path.Combine(git.Folder, ".gitignore");
        var text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) : "";
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var before = text.Length == 0 || text.EndsWith('\n') ? "" : newLine;
        var bytes = Encoding.UTF8.GetBytes($"{text}{before}{OwnFiles.Folder}/{newLine}");
        await WholeFile.WriteAsync(path, bytes, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
