using System.CommandLine;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image</c>: images in registries, layouts and archives, with the client of publish and promote.</summary>
internal static class ImageCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "image",
            "Pushes, copies and inspects images in registries (host/repository:tag), layouts (oci:DIR) and archives (oci-archive:FILE, docker-archive:FILE)."
        );
        command.Subcommands.Add(ImageCopyCommand.Create(context, ImageCopyVerb.Push));
        command.Subcommands.Add(ImageCopyCommand.Create(context, ImageCopyVerb.Pull));
        command.Subcommands.Add(ImageCopyCommand.Create(context, ImageCopyVerb.Copy));
        command.Subcommands.Add(ImageInspectCommand.Create(context));
        command.Subcommands.Add(ImageListCommand.Create(context));
        command.Subcommands.Add(ImageTagCommand.Create(context));
        command.Subcommands.Add(ImageDeleteCommand.Create(context));
        command.Subcommands.Add(ImageReferrersCommand.Create(context));
        return command;
    }
}
