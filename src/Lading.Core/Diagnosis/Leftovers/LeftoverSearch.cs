using Lading.Configuration;
using Lading.Context;
using Lading.Layout;
using Lading.Processes;
using Lading.Projects;

namespace Lading.Diagnosis.Leftovers;

/// <summary>Finds temporary files of runs: temporary folders, half-written locks, and uploads in the project's stores.</summary>
/// <param name="machine">The machine.</param>
internal sealed class LeftoverSearch(ExaminedMachine machine)
{
    /// <summary>Longer than writing a lock ever takes.</summary>
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How long a server waits for more bytes of an upload.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The left-overs of killed runs.</summary>
    public IReadOnlyList<Leftover> Find(CancellationToken cancellationToken)
    {
        var now = machine.Time.GetUtcNow().UtcDateTime;
        var candidates = Candidates(cancellationToken).ToList();
        if (candidates.Count == 0)
        {
            return [];
        }

        var open = OpenFiles.Read();
        return
        [
            .. candidates.Where(candidate =>
                LeftoverRules.IsLeft(
                    candidate,
                    candidate.Owner?.HasEnded(candidate.MadeAt) == true,
                    open.Has(candidate.Path),
                    now
                )
            ),
        ];
    }

    private IEnumerable<Leftover> Candidates(CancellationToken cancellationToken)
    {
        var temporary = TemporaryFolder.FindAll().Select(path => Leftover.At(new DirectoryInfo(path), patience: null));
        return machine.Configuration is null ? temporary : temporary.Concat(InProject(cancellationToken));
    }

    private IEnumerable<Leftover> InProject(CancellationToken cancellationToken)
    {
        var own = Path.Combine(machine.Folder, OwnFiles.Folder);
        foreach (var candidate in In(Path.Combine(own, "work"), "*", Day))
        {
            yield return candidate;
        }

        foreach (var candidate in In(own, $"*.lock.json.{AtomicFile.Temporaries}", Hour))
        {
            yield return candidate;
        }

        if (machine.Project is not { } project)
        {
            yield break;
        }

        foreach (
            var environment in project.Configuration.Environments.Values.Where(each =>
                each.IsEmbedded || each.Name == EnvironmentDefinition.LocalName
            )
        )
        {
            foreach (var candidate in InStore(project.EmbeddedStoreOf(environment), cancellationToken))
            {
                yield return candidate;
            }
        }
    }

    /// <summary>
    /// Follows the rules of a server's own clean-up: a complete blob is not a left-over, even if it has no name yet.
    /// </summary>
    private static IEnumerable<Leftover> InStore(string folder, CancellationToken cancellationToken)
    {
        var store = new LayoutStore(folder);
        var found = In(store.Uploads, "*", Day);
        foreach (var (name, path) in StoreFolders.Walk(folder, cancellationToken))
        {
            var layout = store.PathOf(name);
            found = found.Concat(In(path, AtomicFile.Temporaries, Day));
            if (!StoreLinks.IsLink(layout))
            {
                found = found
                    .Concat(In(layout, AtomicFile.Temporaries, Day))
                    .Concat(
                        In(Path.Combine(layout, IncomingBlobs.FolderName), "*", Day)
                            .Where(each => !IncomingBlobs.IsWhole(Path.GetFileName(each.Path), store.Disk))
                    );
            }
        }

        return found;
    }

    private static IEnumerable<Leftover> In(string path, string pattern, TimeSpan patience)
    {
        var folder = new DirectoryInfo(path);
        // The target of a link belongs to somebody else.
        return folder.Exists && folder.LinkTarget is null
            ? folder
                .EnumerateFileSystemInfos(pattern)
                .Where(entry => entry.LinkTarget is null)
                .Select(entry => Leftover.At(entry, patience))
            : [];
    }
}
