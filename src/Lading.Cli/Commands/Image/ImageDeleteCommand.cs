using System.CommandLine;
using Lading.Cli.Output;
using Lading.Locations;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image delete</c>: deletes a single tag, or an image by its digest.</summary>
internal static class ImageDeleteCommand
{
    public static Command Create(VerbContext context)
    {
        var image = new Argument<string>("image")
        {
            Description = "host/repository:tag removes the tag; host/repository@sha256:… the image with all its tags.",
        };
        var options = new LocationOptions();
        var command = new Command(
            "delete",
            "Deletes a tag, or an image by its digest. Does not check whether something runs it."
        );
        command.Arguments.Add(image);
        options.AddTo(command, withPlatform: false);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var location = LocationOptions.Read(invocation.Value(image)!);
                using var locations = options.Open(invocation);
                var isDeleted = await new LocatedImages(locations)
                    .DeleteAsync(location, cancellationToken)
                    .ConfigureAwait(false);
                new DeletionScreen(location, isDeleted).Show(invocation);
                return 0;
            }
        );
        return command;
    }
}
