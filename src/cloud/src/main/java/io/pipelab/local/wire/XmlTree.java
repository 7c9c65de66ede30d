package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.kernel.AwsError;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** An XML body as a tree of elements, namespaces aside, that fills a model's builder. */
final class XmlTree {
  /** More than any body of S3 has: each costs a multiple of its bytes. */
  private static final int MOST_ELEMENTS = 200_000;

  private static final int MOST_DEPTH = 64;

  /** Set with the first: most elements have only text. */
  private Map<String, List<XmlTree>> children = Map.of();

  private Map<String, String> attributes = Map.of();
  private final StringBuilder text = new StringBuilder();

  /**
   * Parses a document and returns its root.
   *
   * @throws AwsError MalformedXML
   */
  static XmlTree parse(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // No document type, no external entity: a body may come from anybody.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      Deque<XmlTree> open = new ArrayDeque<>();
      XmlTree document = new XmlTree();
      open.push(document);
      int elements = 0;
      while (reader.hasNext()) {
        int event = reader.next();
        elements += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
        if (elements > MOST_ELEMENTS || open.size() > MOST_DEPTH) {
          throw new XMLStreamException("too many elements");
        }
        step(reader, event, open);
      }
      return document.children.values().iterator().next().get(0);
    } catch (XMLStreamException e) {
      throw AwsError.badRequest(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
  }

  private static void step(XMLStreamReader reader, int event, Deque<XmlTree> open) {
    if (event == XMLStreamConstants.START_ELEMENT) {
      XmlTree element = new XmlTree();
      if (reader.getAttributeCount() > 0) {
        element.attributes = new LinkedHashMap<>(4);
      }
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
      XmlTree parent = open.element();
      if (parent.children.isEmpty()) {
        parent.children = new LinkedHashMap<>(4);
      }
      parent
          .children
          .computeIfAbsent(reader.getLocalName(), each -> new ArrayList<>())
          .add(element);
      open.push(element);
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      open.pop();
    } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
      open.element().text.append(reader.getText());
    }
  }

  void fill(SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      String name = field.unmarshallLocationName();
      List<XmlTree> found = children.get(name);
      if (field.containsTrait(XmlAttributeTrait.class)) {
        String value = attributes.get(name.substring(name.indexOf(':') + 1));
        if (value != null) {
          field.set(builder, value);
        }
      } else if (found != null) {
        field.set(builder, read(found, field));
      }
    }
  }

  private static @Nullable Object read(List<XmlTree> found, SdkField<?> field) {
    if (field.marshallingType() == MarshallingType.LIST) {
      return list(found, field.getRequiredTrait(ListTrait.class));
    }
    XmlTree element = found.get(0);
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      SdkPojo nested = field.constructor().get();
      element.fill(nested);
      return ((Buildable) nested).build();
    }
    String text = element.text.toString();
    return Scalars.read(TextNode.valueOf(text), field.marshallingType(), field.locationName());
  }

  private static List<Object> list(List<XmlTree> found, ListTrait trait) {
    List<XmlTree> items = found;
    if (!trait.isFlattened()) {
      String item = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
      items = found.get(0).children.getOrDefault(item, List.of());
    }
    List<Object> list = new ArrayList<>();
    for (XmlTree each : items) {
      list.add(read(List.of(each), trait.memberFieldInfo()));
    }
    return list;
  }
}
