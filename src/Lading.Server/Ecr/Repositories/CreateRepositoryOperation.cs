using System.Text.Json;
using Lading.Layout;

namespace Lading.Server.Ecr.Repositories;

/// <summary>ecr:CreateRepository.</summary>
internal sealed class CreateRepositoryOperation : IEcrOperation
{
    public async Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var name = call.RepositoryName();
        var encryption = call.Input.FindObject("encryptionConfiguration");
        var tags = ResourceTags.Read(call.Input.FindObjects("tags") ?? []);
        var record = new RepositoryRecord
        {
            Settings = TagMutability.Read(call.Input),
            CreatedAt = call.Now,
            ScanOnPush = call.Input.FindObject("imageScanningConfiguration")?.IsTrue("scanOnPush") ?? false,
            ResourceTags = tags.Count == 0 ? null : tags,
            EncryptionType = encryption?.FindChoice("encryptionType", "AES256", "KMS", "KMS_DSSE") ?? "AES256",
            EncryptionKey = encryption?.FindText("kmsKey", 1, 2048),
        };
        if (!await call.Registry.Store.CreateAsync(name, record, cancellationToken).ConfigureAwait(false))
        {
            throw new EcrException(
                "RepositoryAlreadyExistsException",
                $"The repository with name '{name}' already exists in the registry with id '{call.Account}'"
            );
        }

        var created = new ServedRepository(call.Account, name, record, call.Registry.Store.Open(name));
        return json => RepositoryJson.WriteMember(json, call, created);
    }
}
