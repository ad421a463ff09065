using System.CommandLine;

namespace Lading.Cli.Commands.Image;

/// <summary><c>lading image</c>: images in registries, layouts and archives, by the client that publish and promote use.</summary>
internal static class ImageCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "image",
            "Pushes, copies and inspects images in registries (host/repository:tag), layouts (oci:DIR) and archives (oci-archive:FILE, docker-archive:FILE)."
        );
        command.Subcommands.Add(CopyCommand.Create(context, CopyVerb.Push));
        command.Subcommands.Add(CopyCommand.Create(context, CopyVerb.Pull));
        command.Subcommands.Add(CopyCommand.Create(context, CopyVerb.Copy));
        command.Subcommands.Add(InspectCommand.Create(context));
        command.Subcommands.Add(ListCommand.Create(context));
        command.Subcommands.Add(TagCommand.Create(context));
        command.Subcommands.Add(DeleteCommand.Create(context));
        command.Subcommands.Add(ReferrersCommand.Create(context));
        return command;
    }
}
