namespace Lading.Server;

/// <summary>What one request asks for: read from its address, not yet answered.</summary>
internal interface IEndpoint
{
    Task AnswerAsync(RegistryContext context, CancellationToken cancellationToken);
}
