namespace Lading.Server;

/// <summary>The endpoint of a request, chosen by its address.</summary>
internal interface IEndpoint
{
    Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken);
}
