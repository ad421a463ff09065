using System.CommandLine;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands;

/// <summary><c>lading resolve</c>: writes the lock from the registry alone.</summary>
internal static class ResolveCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "resolve",
            "Writes the lock of HEAD, or of --rev, from what the registry has. Builds and pushes nothing."
        );
        var sources = new SourceOptions();
        sources.AddTo(command);
        var path = new Option<string?>("--lock")
        {
            Description = "Where to write the lock; .lading/<env>.lock.json otherwise.",
            HelpName = "file",
        };
        command.Options.Add(path);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(invocation, sources.Read(invocation), invocation.Value(path), cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        SourcesRequest request,
        string? path,
        CancellationToken cancellationToken
    )
    {
        var project = await Project.FindAsync(invocation, cancellationToken).ConfigureAwait(false);
        using var work = WorkFolder.Create(project, invocation.Host);
        using var registries = new Registries(project, invocation);
        var registry = await registries.OpenAsync(project.Environment, cancellationToken).ConfigureAwait(false);
        registry.Prepare();
        var sources = await ProjectSources
            .OpenAsync(project.Folder, request, work.Path, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            var survey = await RegistrySurvey
                .MakeAsync(registry, sources.Images, cancellationToken)
                .ConfigureAwait(false);
            var missing = sources.Images.Where(image => survey.Find(image) is null).ToList();
            if (missing.Count > 0)
            {
                throw NeverPublished(project, missing);
            }

            var lockPath = path is null ? project.LockPath : Path.GetFullPath(path, invocation.Host.WorkingDirectory);

            // All images are written anew whatever is there; some keep the entries of the others.
            var known = request.Images.Count == 0 ? LockFile.FindReadable(lockPath) : LockFile.Find(lockPath);
            var entries = await Task.WhenAll(
                    sources.Images.Select(image =>
                        LockEntry.ReadAsync(registry, image, survey.Find(image)!, known, cancellationToken)
                    )
                )
                .ConfigureAwait(false);
            var confirmed = sources.Images.Select(image => image.Name).Zip(entries).ToList();
            var resolved = ImageLock.Of(project.Environment.Name, confirmed);
            LockFile.Write(
                lockPath,
                request.Images.Count == 0 ? resolved : resolved.Keeping(known, project.Configuration.Images.Keys)
            );
            await ConfigurationSchema.ProvideAsync(project.Folder.Path, cancellationToken).ConfigureAwait(false);
            Show(invocation, resolved, lockPath);
            return 0;
        }
    }

    private static void Show(Invocation invocation, ImageLock resolved, string path)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Result(LockJson.Of(resolved));
            return;
        }

        var table = new TextTable();
        foreach (var (name, image) in resolved.Images)
        {
            table.Add(
                name,
                Identifiers.Short(image.Digest),
                image.Revision is { } revision
                    ? $"first published at {Identifiers.Commit(revision)}"
                    : "from an uncommitted tree"
            );
        }

        invocation.Terminal.ResultTable(table);
        invocation.Terminal.Narrate($"\n  wrote {Path.GetRelativePath(invocation.Host.WorkingDirectory, path)}");
    }

    private static LadingException NeverPublished(Project project, IReadOnlyList<ImageIdentity> missing)
    {
        var names = string.Join(", ", missing.Select(image => $"{image.Name} ({image.Fingerprint.SourceTag})"));
        var remedy = project.Environment.PromoteFrom is { } origin
            ? $"Run 'lading promote {origin} {project.Environment.Name}'."
            : $"Run 'lading publish --env {project.Environment.Name}'.";
        return new LadingException(
            $"Could not resolve the images of {project.Environment.Name}",
            $"never published there: {names}",
            remedy,
            FailureKind.CheckFailed
        );
    }
}
