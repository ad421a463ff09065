using System.Text;
using Lading.Configuration;
using Lading.Configuration.Proposals;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Projects;
using Lading.Shipping;

namespace Lading.Initializing;

/// <summary>
/// Writes a first <c>lading.json</c> from the contents of the repository. An existing one is never overwritten.
/// </summary>
/// <param name="open">Opens a project.</param>
internal sealed class Initialization(Func<Project, Workspace> open)
{
    /// <param name="request">The options.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">There is no repository, nothing to propose, or a file cannot be written.</exception>
    public async Task<InitOutcome> RunAsync(InitRequest request, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.FindAsync(request.Folder, cancellationToken).ConfigureAwait(false);
        var files = new TrackedFiles(
            await WorkingTreeFiles.ListAsync(repository, cancellationToken).ConfigureAwait(false)
        );
        var appFolder = AppFolder.Find(files, repository.Prefix.TrimEnd('/'));
        var folder = Path.Combine(repository.Top, appFolder);
        var repositoryName = await repository.GetNameAsync(cancellationToken).ConfigureAwait(false);
        // Two apps of a repository would otherwise publish to the same repositories.
        var named = ProposedNames.Clean($"{repositoryName}-{AppFolder.DistinctName(files, appFolder)}");
        var proposed = named.Length > 0 ? named : "project";
        var proposals = ImageProposals.From(
            AppFolder.Own(files, appFolder),
            path => LinkedFile.ReadWithin(repository.Top, path),
            proposed
        );
        var cdkFile = Path.Combine(folder, AppFolder.CdkFile);
        var app = File.Exists(cdkFile)
            ? CdkApp.Parse(await File.ReadAllBytesAsync(cdkFile, cancellationToken).ConfigureAwait(false))
            : null;
        var path = Path.Combine(folder, OwnFiles.Configuration);
        var display = SlashPath.From(request.Folder, path);
        var isNew = !LinkedFile.Exists(path, display);
        if (isNew)
        {
            await WriteAsync(path, proposed, appFolder, proposals, app, cancellationToken).ConfigureAwait(false);
        }

        var configuration = await new ConfigurationFile(path, display)
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
        var isIgnoring = await IgnoreDerivedAsync(repository.Git with { Folder = folder }, cancellationToken)
            .ConfigureAwait(false);
        await ConfigurationSchema.ProvideAsync(folder, cancellationToken).ConfigureAwait(false);
        var project = new Project(
            new ProjectFolder(folder, configuration),
            configuration.GetEnvironment(EnvironmentDefinition.LocalName)
        );
        using var workspace = open(project);
        var pins = await FirstPins
            .MakeAsync(workspace, isAsking: isNew && !request.Offline, cancellationToken)
            .ConfigureAwait(false);
        var edit = AppEdit.Find(
            app?.Language,
            AppFolder
                .Own(files, appFolder)
                .Files.Where(file =>
                    appFolder.Length == 0 || file.StartsWith(appFolder + "/", StringComparison.Ordinal)
                )
                .Select(file => appFolder.Length == 0 ? file : file[(appFolder.Length + 1)..]),
            file => ReadText(Path.Combine(folder, file))
        );
        var isEdited = request.EditsApp && edit is not null;
        if (isEdited)
        {
            await UserFile
                .WriteAsync(Path.Combine(folder, edit!.Path), Encoding.UTF8.GetBytes(edit!.Text), cancellationToken)
                .ConfigureAwait(false);
        }

        return new InitOutcome(display, isNew, appFolder, configuration, app, proposals, isIgnoring, pins)
        {
            Edit = edit,
            IsEdited = isEdited,
            Untracked = await UntrackedAsync(repository, proposals, cancellationToken).ConfigureAwait(false),
            Notes = await NotesAsync(workspace, cancellationToken).ConfigureAwait(false),
            Sidecars = Sidecar.FindAll(Path.Combine(folder, "cdk.out"), configuration),
        };
    }

    /// <summary>
    /// Finds notes in the working tree, little of which may be committed yet. The next command reports errors in it.
    /// </summary>
    private static async Task<IReadOnlyList<BuildNote>> NotesAsync(
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var sources = await ProjectSnapshot
                .OpenAsync(
                    workspace.Project.Folder,
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

    /// <summary>The Dockerfiles that would not be part of the next commit.</summary>
    private static async Task<IReadOnlyList<string>> UntrackedAsync(
        GitRepository repository,
        ImageProposals proposals,
        CancellationToken cancellationToken
    )
    {
        var git = repository.Git with { Folder = repository.Top };
        var others = await git.ListPathsAsync(
                "Could not list the files of the repository",
                ["ls-files", "--others", "--exclude-standard", "-z"],
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. proposals.Images.Select(image => image.Dockerfile).Intersect(others, StringComparer.Ordinal)];
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
        string appFolder,
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

        var draft = ConfigurationDraft.Format(project, appFolder, proposals.Images);
        await UserFile.WriteAsync(path, draft, cancellationToken).ConfigureAwait(false);
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
        await UserFile.WriteAsync(path, bytes, cancellationToken).ConfigureAwait(false);
        return true;
    }
}

/// <summary>The options of <c>init</c>.</summary>
/// <param name="Folder">The folder that it is started in.</param>
/// <param name="Offline">Whether to query no registry.</param>
/// <param name="EditsApp">Whether to apply the proposed edit to the app.</param>
internal sealed record InitRequest(string Folder, bool Offline, bool EditsApp);
