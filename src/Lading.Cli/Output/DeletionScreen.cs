using Lading.Cli.Commands;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>The output of <c>lading image delete</c>. An image that did not exist is a success: it does not exist now.</summary>
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
