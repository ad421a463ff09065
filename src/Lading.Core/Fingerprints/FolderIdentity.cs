using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>
/// The identity of an image whose context is a plain folder outside of any repository: its files get the ids that git would give them.
/// </summary>
internal static class FolderIdentity
{
    private const string Attempted = "Could not compute the identity of an image asset";

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The context; the files that the Dockerfile's target can read count, except those that its ignore file excludes.</param>
    /// <param name="definition">The image, with its paths relative to the folder.</param>
    /// <param name="pins">The digests that bases are pinned to.</param>
    /// <param name="project">A folder in the project's repository, whose object format is used.</param>
    /// <param name="scratch">A folder that need not exist; the caller removes it.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <exception cref="LadingException">The Dockerfile does not exist, or git fails.</exception>
    public static async Task<Fingerprint> ReadAsync(
        string folder,
        BuiltImage definition,
        BasePins pins,
        string project,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        var store = Path.Combine(scratch, "git");
        OwnFolder.Ignore(scratch);
        Directory.CreateDirectory(scratch);
        var git = new GitProgram(folder)
        {
            Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["GIT_DIR"] = store,
                ["GIT_WORK_TREE"] = folder,
                ["GIT_INDEX_FILE"] = Path.Combine(store, "index"),
                ["GIT_OBJECT_DIRECTORY"] = Path.Combine(store, "objects"),
            },
        };
        var format = await FormatAsync(project, cancellationToken).ConfigureAwait(false);
        await new GitProgram(scratch)
            .RunAsync(Attempted, ["init", "--quiet", "--bare", $"--object-format={format}", store], cancellationToken)
            .ConfigureAwait(false);
        await git.RunAsync(
                Attempted,
                // Objects are written once and read once: compressing them is not worth it.
                [
                    "-c",
                    "core.bare=false",
                    "-c",
                    "core.compression=0",
                    "-c",
                    "core.safecrlf=false",
                    "add",
                    "--all",
                    "--force",
                    ".",
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        var tree = await git.RunAsync(Attempted, ["write-tree"], cancellationToken).ConfigureAwait(false);
        var objects = ObjectReader.Start(git);
        await using (objects.ConfigureAwait(false))
        {
            var view = new RevisionView(tree.Text, null, null, pins);
            var read = await new ImageInputsReader(objects, new RepositoryPath(""))
                .ReadAsync(view, [definition], cancellationToken)
                .ConfigureAwait(false);
            return read[0].Inputs.Fingerprint();
        }
    }

    /// <summary>The object format of the project's repository; without one, git's default.</summary>
    private static async Task<string> FormatAsync(string project, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await new GitProgram(project)
                .RunAsync(Attempted, ["rev-parse", "--show-object-format"], cancellationToken)
                .ConfigureAwait(false);
            return answer.Text;
        }
        catch (LadingException)
        {
            return "sha1";
        }
    }
}
