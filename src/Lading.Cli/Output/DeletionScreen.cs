using Lading.Cli.Commands;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>What <c>lading image delete</c> shows. An image that was not there is a success: it is not there now.</summary>
internal sealed record DeletionScreen(ImageLocation Location, bool IsDeleted)
{
    public void Show(Invocation invocation)
    {
        if (!invocation.Json)
        {
            invocation.Terminal.Narrate(IsDeleted ? $"  deleted {Location}" : $"  {Location} was not there");
            return;
        }

        invocation.Terminal.Result(DeletionDocument.Of(this));
    }
}
