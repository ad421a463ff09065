using System.CommandLine;
using Lading.Cli.Output;
using Lading.Oci;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image list</c>: the tags of a repository, layout or archive.</summary>
internal static class ImageListCommand
{
    /// <summary>The number of concurrent requests.</summary>
    private const int Parallelism = 8;

    public static Command Create(VerbContext context)
    {
        var place = new Argument<string>("repository") { Description = "The repository, layout or archive." };
        var options = new LocationOptions();
        var digests = new Option<bool>("--digests")
        {
            Description = "Show the digest of each tag; a registry takes one request per tag.",
        };
        var command = new Command("list", "Lists the tags of a repository, layout or archive.");
        command.Arguments.Add(place);
        options.AddTo(command, withPlatform: false);
        command.Options.Add(digests);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var location = LocationOptions.Read(invocation.Value(place)!);
                if (location.Tag is not null || location.Digest is not null)
                {
                    throw LadingException.Usage(
                        $"Could not list {location}",
                        "it names an image",
                        "Name its repository."
                    );
                }

                using var places = new OpenedLocations(invocation, options.PlainHttp(invocation));
                var repository = await places.OpenListAsync(location, cancellationToken).ConfigureAwait(false);
                var tags = await repository.ListTagsAsync(cancellationToken).ConfigureAwait(false);
                var found = invocation.Value(digests)
                    ? await FindAsync(repository, tags, cancellationToken).ConfigureAwait(false)
                    : [.. tags.Select(tag => (tag, (Digest?)null))];
                new TagListScreen(location, found).Show(invocation);
                return 0;
            }
        );
        return command;
    }

    private static async Task<IReadOnlyList<(Tag Tag, Digest? Digest)>> FindAsync(
        IReadableRepository repository,
        IReadOnlyList<Tag> tags,
        CancellationToken cancellationToken
    )
    {
        var found = new (Tag, Digest?)[tags.Count];
        await Parallel
            .ForAsync(
                0,
                tags.Count,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (i, token) =>
                    found[i] = (
                        tags[i],
                        (await repository.FindManifestAsync(tags[i], token).ConfigureAwait(false))?.Digest
                    )
            )
            .ConfigureAwait(false);
        return found;
    }
}
