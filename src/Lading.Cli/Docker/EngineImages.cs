using Lading.Engines;
using Lading.Layout;
using Lading.Processes;

namespace Lading.Cli.Docker;

/// <summary>Exports images from an engine.</summary>
/// <param name="engine">The engine.</param>
/// <param name="images">Stores the images.</param>
internal sealed class EngineImages(Engine engine, LocalImages images)
{
    /// <summary>Exports the image with a given name.</summary>
    /// <exception cref="LadingException">The engine does not have it.</exception>
    public async Task<LocalImage> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var folder = images.NewFolder();
        var archive = Path.Combine(folder, "saved.tar");
        var saved = await ProgramRunner
            .RunAsync(
                new ProgramCall(engine.Program, "save", "--output", archive, name),
                ReadOnlyMemory<byte>.Empty,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (saved.ExitCode != 0)
        {
            throw new LadingException(
                $"Could not find image {name}",
                $"neither {DockerProgram.Name} nor {engine.Name} has it: {saved.Error.Trim()}",
                "Build it first."
            );
        }

        var manifest = await DockerArchive
            .TakeAsync(archive, null, LocalImages.LayoutIn(folder), archive + ".unpacked", cancellationToken)
            .ConfigureAwait(false);
        File.Delete(archive);
        var image = new LocalImage(folder, manifest.Digest);
        await images.NameAsync(name, image, cancellationToken).ConfigureAwait(false);
        return image;
    }
}
