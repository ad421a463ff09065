using System.CommandLine;
using Lading.Cli.Output;
using Lading.Locations;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image list</c>: lists the tags of a repository, layout or archive.</summary>
internal static class ImageListCommand
{
    public static Command Create(VerbContext context)
    {
        var repository = new Argument<string>("repository") { Description = "The repository, layout or archive." };
        var options = new LocationOptions();
        var digests = new Option<bool>("--digests")
        {
            Description = "Show the digest of each tag; a registry takes one request per tag.",
        };
        var command = new Command("list", "Lists the tags of a repository, layout or archive.");
        command.Arguments.Add(repository);
        options.AddTo(command, withPlatform: false);
        command.Options.Add(digests);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var location = LocationOptions.Read(invocation.Value(repository)!);
                using var locations = options.Open(invocation);
                var found = await new LocatedImages(locations)
                    .ListTagsAsync(location, invocation.Value(digests), cancellationToken)
                    .ConfigureAwait(false);
                new TagListScreen(location, found).Show(invocation);
                return 0;
            }
        );
        return command;
    }
}
