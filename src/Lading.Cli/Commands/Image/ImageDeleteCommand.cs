using System.CommandLine;
using Lading.Cli.Output;
using Lading.Oci;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image delete</c>: a single tag, or an image by its digest.</summary>
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
                var reference = ReferenceOf(location);
                using var places = new OpenedLocations(invocation, options.PlainHttp(invocation));
                var repository = await places.OpenAsync(location, cancellationToken).ConfigureAwait(false);
                var isDeleted = await repository.DeleteAsync(reference, cancellationToken).ConfigureAwait(false);
                new DeletionScreen(location, isDeleted).Show(invocation);
                return 0;
            }
        );
        return command;
    }

    /// <summary>Nothing is assumed: no tag does not mean <c>latest</c>, and a tag with a digest is ambiguous.</summary>
    private static ManifestReference ReferenceOf(ImageLocation location) =>
        (location.Tag, location.Digest) switch
        {
            ({ } tag, null) => tag,
            (null, { } digest) => digest,
            (null, null) => throw LadingException.Usage(
                $"Could not delete {location}",
                "it names neither a tag nor a digest"
            ),
            _ => throw LadingException.Usage(
                $"Could not delete {location}",
                "it names a tag and a digest",
                "Name the tag to remove the tag, or the digest to remove the image with all its tags."
            ),
        };
}
