using System.CommandLine;
using Lading.Cli.Output;
using Lading.Locations;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image tag</c>: adds tags to an image, in its repository.</summary>
internal static class ImageTagCommand
{
    public static Command Create(VerbContext context)
    {
        var image = new Argument<string>("image") { Description = "The image." };
        var names = new Argument<string[]>("tag") { Description = "The tags to add.", Arity = ArgumentArity.OneOrMore };
        var options = new LocationOptions();
        var immutable = new Option<bool>("--immutable")
        {
            Description = "Fail if a tag points to another digest already, even if the registry would move it.",
        };
        var command = new Command("tag", "Adds tags to an image, without moving a layer.");
        command.Arguments.Add(image);
        command.Arguments.Add(names);
        options.AddTo(command, withPlatform: false);
        command.Options.Add(immutable);
        context.OnRun(
            command,
            async (invocation, cancellationToken) =>
            {
                var location = LocationOptions.Read(invocation.Value(image)!);
                var tags = invocation.Value(names)!.Select(Read).Distinct().ToList();
                var rule = invocation.Value(immutable) ? TagRule.Keep : TagRule.Move;
                using var locations = options.Open(invocation);
                var digest = await new LocatedImages(locations)
                    .TagAsync(location, tags, rule, cancellationToken)
                    .ConfigureAwait(false);
                new TagScreen(location, digest, tags).Show(invocation);
                return 0;
            }
        );
        return command;
    }

    private static Tag Read(string text)
    {
        try
        {
            return Tag.Parse(text);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage("Could not tag", e.Message.TrimEnd('.'));
        }
    }
}
