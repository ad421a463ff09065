using System.Text;
using Lading.Assembly;
using Lading.Configuration;
using Lading.Processes;
using Lading.Projects;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>References to images in a file or in a command's output, one a line, for uses that Lading cannot see itself.</summary>
/// <param name="list">The file and the command.</param>
/// <param name="project">The project, whose folder is the base of paths, and whose repositories need no host.</param>
/// <param name="host">The registry to hold if they cannot be read.</param>
internal sealed class ListedReferences(ReferenceList list, Project project, string host)
{
    private readonly string folder = project.Folder.Path;

    /// <summary>
    /// Reads the references. A line that cannot be parsed holds the registry: it may stand for any image there.
    /// </summary>
    /// <param name="now">The time of the evidence.</param>
    /// <param name="cancellationToken">Cancels the command.</param>
    public async Task<GatheredUses> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var uses = new List<ImageUse>();
        var holds = new List<RepositoryHold>();
        if (list.File is { } file)
        {
            await AddAsync(file, () => ReadFileAsync(file, cancellationToken)).ConfigureAwait(false);
        }

        if (list.Command is { } command)
        {
            await AddAsync(command, () => RunAsync(command, cancellationToken)).ConfigureAwait(false);
        }

        return new GatheredUses(uses, holds);

        async Task AddAsync(string name, Func<Task<string>> read)
        {
            var origin = new FactOrigin("references", name, now);
            try
            {
                var number = 0;
                foreach (var line in (await read().ConfigureAwait(false)).Split('\n').Select(line => line.Trim()))
                {
                    number++;
                    if (line.Length == 0 || line[0] == '#')
                    {
                        continue;
                    }

                    var images = ImagesIn(line);
                    if (images.Count > 0)
                    {
                        uses.AddRange(
                            images.Select(image => new ImageUse(UseKind.Reference, image, $"listed by {name}", origin))
                        );
                    }
                    else if (!NamesHost(line) || !UsedImage.TryParse(line, out _))
                    {
                        holds.Add(
                            HoldOf(
                                $"line {number} of {name} is not a reference to an image: {line}",
                                "Write one reference a line, with its host; lines that begin with # are comments.",
                                origin
                            )
                        );
                    }
                }
            }
            catch (Exception e) when (e is LadingException or IOException or UnauthorizedAccessException)
            {
                holds.Add(
                    HoldOf(
                        $"the references of {name} could not be read: {CauseOf(e)}",
                        "Correct \"references\" of \"retention\" in lading.json.",
                        origin
                    )
                );
            }
        }
    }

    /// <summary>
    /// The images in a line: those with an ECR host; a project's repository without a host counts for each of its
    /// registries.
    /// </summary>
    private IReadOnlyCollection<UsedImage> ImagesIn(string line) =>
        !NamesHost(line)
        && UsedImage.TryParse(line, out var image)
        && project.Configuration.Images.Values.Any(each => each.Repository == image.Repository)
            ? [image with { Host = null }]
            : ImageMentions.In(line);

    /// <summary>Whether a reference begins with a host, by Docker's rule.</summary>
    private static bool NamesHost(string line) =>
        line.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        && line[..slash].Any(character => character is '.' or ':');

    private static string CauseOf(Exception e) => e is LadingException failure ? failure.CameBack : e.Message;

    private Task<string> ReadFileAsync(string file, CancellationToken cancellationToken) =>
        File.ReadAllTextAsync(Path.GetFullPath(file, folder), cancellationToken);

    private async Task<string> RunAsync(string command, CancellationToken cancellationToken)
    {
        var call = SourceCommand.Shell(command) with { WorkingDirectory = folder };
        var result = await ProgramRunner
            .RunAsync(call, ReadOnlyMemory<byte>.Empty, cancellationToken)
            .ConfigureAwait(false);
        return result.ExitCode == 0
            ? Encoding.UTF8.GetString(result.Output.Span)
            : throw new LadingException(
                "Could not list references",
                $"it ended with exit code {result.ExitCode}: {result.Error.Trim()}"
            );
    }

    private RepositoryHold HoldOf(string reason, string remedy, FactOrigin origin) =>
        new(host, null, reason, remedy, origin) { Subject = $"references of {origin.Subject}" };
}
