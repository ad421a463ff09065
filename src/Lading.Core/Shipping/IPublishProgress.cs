namespace Lading.Shipping;

/// <summary>Is told what a publication does, and watches it to its end.</summary>
internal interface IPublishProgress : IProgress<ShippingEvent>
{
    /// <summary>The plan, before anything is done.</summary>
    void Planned(ShippingPlan plan);

    /// <summary>Waits for a publication that has begun; may show its steps meanwhile, and its outcome.</summary>
    Task<PublishOutcome> WatchAsync(Task<PublishOutcome> publishing);
}
